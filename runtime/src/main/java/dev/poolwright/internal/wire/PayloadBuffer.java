package dev.poolwright.internal.wire;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with a limit.
 *
 * <p><b>Threads:</b> confined to one thread at a time.
 *
 * <p><b>Errors:</b> every write throws {@link LimitExceeded} when it would pass the limit, and
 * writes nothing then.
 */
public final class PayloadBuffer extends OutputStream {
  /** Some JVMs have no larger arrays. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private int limit;
  private byte[] bytes = new byte[512];
  private int size;

  /**
   * Makes an empty one.
   *
   * @param limit most bytes
   */
  public PayloadBuffer(int limit) {
    this.limit = limit;
  }

  /** Makes an empty one that may become as large as an array can be. */
  public PayloadBuffer() {
    this(MOST_BYTES);
  }

  /** A write would pass the limit of a {@link PayloadBuffer}. */
  public static final class LimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    LimitExceeded(long wanted, int limit) {
      super("payload has at least " + wanted + " bytes; limit is " + limit, null, false, false);
    }
  }

  /**
   * Bytes written so far.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Changes the limit.
   *
   * @param most bytes; as many as an array can have where it is more
   */
  public void limitTo(long most) {
    limit = (int) Math.min(MOST_BYTES, most);
  }

  /**
   * Forgets what was written after a point.
   *
   * @param newSize at most the size
   */
  public void truncate(int newSize) {
    size = newSize;
  }

  /**
   * Bytes that can be written before the array grows again.
   *
   * @return the size or more
   */
  public int capacity() {
    return bytes.length;
  }

  /**
   * What was written.
   *
   * @return a view, valid until the next write
   */
  public ByteBuffer toByteBuffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /**
   * What was written.
   *
   * @return a copy of exactly that size
   */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private int grow(int more) {
    long wanted = (long) size + more;
    if (wanted > limit) {
      throw new LimitExceeded(wanted, limit);
    }
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(wanted, 2L * bytes.length)));
    }
    int at = size;
    size = (int) wanted;
    return at;
  }

  @Override
  public void write(int b) {
    int at = grow(1);
    bytes[at] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    int at = grow(length);
    System.arraycopy(from, offset, bytes, at, length);
  }

  /**
   * Appends bytes.
   *
   * @param from what is left in it; stays as it is
   */
  public void write(ByteBuffer from) {
    int at = grow(from.remaining());
    from.get(from.position(), bytes, at, from.remaining());
  }

  /** Nothing to close. */
  @Override
  public void close() {}

  /**
   * Appends 4 bytes, big-endian.
   *
   * @param value the number
   */
  public void putInt(int value) {
    int at = grow(4);
    setInt(at, value);
  }

  /**
   * Overwrites 4 bytes.
   *
   * @param at where, at most size - 4
   * @param value the number
   */
  public void setInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /**
   * Appends 8 bytes, big-endian.
   *
   * @param value the number
   */
  public void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  /**
   * Appends 4 bytes for the length of what is written from here to {@link #endSized}.
   *
   * @return where they are
   */
  public int beginSized() {
    int at = size;
    putInt(0);
    return at;
  }

  /**
   * Says how long it is.
   *
   * @param at what {@link #beginSized} returned
   */
  public void endSized(int at) {
    setInt(at, size - at - Integer.BYTES);
  }

  /**
   * Appends 4 bytes length and that many bytes.
   *
   * @param from what is left in it; stays as it is
   */
  public void putSized(ByteBuffer from) {
    putInt(from.remaining());
    write(from);
  }

  /**
   * Appends 4 bytes length and that many bytes of text: a byte for each character when all are
   * Latin-1, else UTF-16, so that every string comes back exactly, unpaired surrogates too.
   *
   * @param text any text
   */
  @SuppressWarnings(
      "deprecation") // getBytes(int, int, byte[], int) copies Latin-1 without a look-up.
  public void putString(String text) {
    int length = text.length();
    if (isLatin(text)) {
      putInt(length);
      int at = grow(length);
      text.getBytes(0, length, bytes, at);
    } else {
      byte[] wide = wide(text);
      putInt(~wide.length);
      write(wide, 0, wide.length);
    }
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static byte[] wide(String text) {
    if (text.length() > MOST_BYTES / 2) {
      throw new LimitExceeded(2L * text.length(), MOST_BYTES);
    }
    ByteBuffer wide = ByteBuffer.allocate(2 * text.length());
    wide.asCharBuffer().put(text);
    return wide.array();
  }

  /**
   * Reads what {@link #putString} wrote.
   *
   * @param in at the length
   * @return the text
   * @throws java.nio.BufferUnderflowException when the buffer is too short
   */
  public static String string(ByteBuffer in) {
    int length = in.getInt();
    if (length >= 0) {
      ByteBuffer latin = bytes(in, length);
      if (!latin.hasArray()) {
        byte[] copy = new byte[length];
        latin.get(copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
      }
      return new String(
          latin.array(),
          latin.arrayOffset() + latin.position(),
          length,
          StandardCharsets.ISO_8859_1);
    }
    return bytes(in, ~length).asCharBuffer().toString();
  }

  /**
   * Reads what {@link #putSized} wrote, or what was written up to {@link #endSized}.
   *
   * @param in at the length; its position moves behind the bytes
   * @return a view of them
   * @throws java.nio.BufferUnderflowException when the buffer is too short
   */
  public static ByteBuffer sized(ByteBuffer in) {
    return bytes(in, in.getInt());
  }

  /**
   * Takes some bytes off a buffer.
   *
   * @param in the buffer; its position moves behind them
   * @param length how many
   * @return a view of them
   * @throws java.nio.BufferUnderflowException when the buffer is too short
   */
  public static ByteBuffer bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    ByteBuffer some = in.slice(in.position(), length);
    in.position(in.position() + length);
    return some;
  }
}

package dev.poolwright.internal.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * Frames over a blocking channel.
 *
 * <p><b>Shape:</b> a frame is a 4-byte big-endian length of what follows, 1 byte {@link FrameType},
 * 8 bytes call, then the payload. The limit holds for payloads and is checked before anything is
 * sent or allocated.
 *
 * <p><b>Threads:</b> any thread may send; one thread receives. An interrupted thread closes the
 * channel for everybody, so callers clear the flag first.
 *
 * <p><b>Source:</b> buffers and not streams, because those of {@code Channels} lock each other out
 * (JDK-8279339); own direct buffers, because the JDK keeps one as large as the largest heap buffer
 * for each thread.
 */
public final class FrameChannel implements Closeable {
  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 4 + 1 + 8;

  private static final int COUNTED_HEADER_BYTES = HEADER_BYTES - 4;
  private static final int BUFFER_BYTES = 128 << 10;

  private final ByteChannel channel;
  private final Object sending = new Object();
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private volatile int payloadLimit;

  /**
   * Takes over a channel.
   *
   * @param channel connected and blocking
   * @param payloadLimit most bytes of a payload
   */
  public FrameChannel(ByteChannel channel, int payloadLimit) {
    this.channel = channel;
    this.payloadLimit = payloadLimit;
  }

  /**
   * Changes the limit, for instance after a greeting.
   *
   * @param bytes most bytes of a payload
   */
  public void limitPayloads(int bytes) {
    payloadLimit = bytes;
  }

  /**
   * Sends one frame.
   *
   * @param type what it says
   * @param call the call it belongs to, or 0
   * @param payload in this order; their positions are used up
   * @throws FrameTooLargeException when over the limit; nothing was sent
   * @throws IOException when the channel is broken
   */
  public void send(FrameType type, long call, ByteBuffer... payload) throws IOException {
    long bytes = 0;
    for (ByteBuffer part : payload) {
      bytes += part.remaining();
    }
    if (bytes > payloadLimit) {
      throw new FrameTooLargeException(type, bytes, payloadLimit);
    }
    synchronized (sending) {
      out.clear();
      out.putInt((int) bytes + COUNTED_HEADER_BYTES).put(type.code()).putLong(call);
      for (ByteBuffer part : payload) {
        append(part);
      }
      flush();
    }
  }

  private void append(ByteBuffer part) throws IOException {
    int end = part.limit();
    while (part.position() < end) {
      if (!out.hasRemaining()) {
        flush();
      }
      part.limit(Math.min(end, part.position() + out.remaining()));
      out.put(part);
      part.limit(end);
    }
  }

  private void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    out.clear();
  }

  /**
   * Waits for one frame.
   *
   * @return the frame
   * @throws EOFException when the peer closed the channel; the message says whether inside a frame
   * @throws ProtocolDesyncException when this is no frame
   * @throws FrameTooLargeException when over the limit
   * @throws IOException when the channel is broken
   */
  public Frame receive() throws IOException {
    require(HEADER_BYTES);
    int length = in.getInt();
    byte code = in.get();
    long call = in.getLong();
    if (length < COUNTED_HEADER_BYTES) {
      throw new ProtocolDesyncException(
          "frame length is " + length + "; must be " + COUNTED_HEADER_BYTES + " or more");
    }
    FrameType type = FrameType.of(code);
    int bytes = length - COUNTED_HEADER_BYTES;
    if (bytes > payloadLimit) {
      throw new FrameTooLargeException(type, bytes, payloadLimit);
    }
    return new Frame(type, call, ByteBuffer.wrap(payload(bytes)));
  }

  private byte[] payload(int bytes) throws IOException {
    byte[] payload = new byte[bytes];
    int done = 0;
    while (done < bytes) {
      if (!in.hasRemaining()) {
        in.clear();
        readSome(done, bytes);
        in.flip();
      }
      int some = Math.min(in.remaining(), bytes - done);
      in.get(payload, done, some);
      done += some;
    }
    return payload;
  }

  private void require(int bytes) throws IOException {
    if (in.remaining() >= bytes) {
      return;
    }
    in.compact();
    while (in.position() < bytes) {
      readSome(in.position(), bytes);
    }
    in.flip();
  }

  private void readSome(int have, int wanted) throws IOException {
    if (channel.read(in) < 0) {
      in.flip();
      throw new EOFException(
          have == 0 && wanted == HEADER_BYTES
              ? "channel ended"
              : "channel ended inside a frame, after " + have + " of " + wanted + " bytes");
    }
  }

  /** Closes the channel; who waits in it gets an exception. A second call does nothing. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}

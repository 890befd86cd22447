package dev.poolwright.internal.wire;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
 * <p><b>Life:</b> the payload of a frame that was received is valid until the next is.
 *
 * <p><b>Source:</b> buffers and not streams, because those of {@code Channels} lock each other out
 * (JDK-8279339); own direct buffers, because the JDK keeps one as large as the largest heap buffer
 * for each thread.
 */
public final class FrameChannel implements Closeable {
  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 4 + 1 + 8;

  /** Bytes of an order on the tether: a frame whose payload is the element that it is for. */
  public static final int ORDER_BYTES = HEADER_BYTES + 4;

  private static final int COUNTED_HEADER_BYTES = HEADER_BYTES - 4;
  private static final int BUFFER_BYTES = 128 << 10;

  /** Most bytes that are received into a buffer which is kept. */
  private static final int MOST_KEPT_BYTES = 16 << 20;

  /** After so many smaller frames the large buffer goes. */
  private static final int SMALL_FRAMES = 1_000;

  /** The system's own 208 KiB would have the two sides take turns. */
  private static final int SOCKET_BYTES = 1 << 20;

  private static final long LOOK_MILLIS = 2;

  /** A read that has waited so long, after the end of the peer, has nothing to wait for. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Nobody receives any more. */
  private static final long ABANDONED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ByteChannel channel;
  private final Object sending = new Object();
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  /** For payloads that are larger than the other one; kept while such come. By the receiver. */
  private @Nullable ByteBuffer largeIn;

  private int smallInARow; // Confined to the receiver.

  /** Odd while the receiver waits in the channel; written by the receiver. */
  private volatile int reads;

  private int readCount; // Confined to the receiver.

  @GuardedBy("sending")
  private boolean hasLargeBuffers;

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
   * Sends one frame. Whatever fails in the middle of it closes the channel, since what follows
   * would be taken for its rest.
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
      if (bytes > BUFFER_BYTES && !hasLargeBuffers) {
        enlargeBuffers();
      }
      boolean isSent = false;
      try {
        out.clear();
        out.putInt((int) bytes + COUNTED_HEADER_BYTES).put(type.code()).putLong(call);
        for (ByteBuffer part : payload) {
          append(part);
        }
        flush();
        isSent = true;
      } finally {
        if (!isSent) {
          channel.close();
        }
      }
    }
  }

  @GuardedBy("sending")
  private void enlargeBuffers() throws IOException {
    hasLargeBuffers = true;
    if (channel instanceof NetworkChannel socket
        && socket.supportedOptions().contains(StandardSocketOptions.SO_SNDBUF)) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
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
    return new Frame(type, call, bytes > BUFFER_BYTES ? largePayload(bytes) : payload(bytes));
  }

  private ByteBuffer payload(int bytes) throws IOException {
    if (largeIn != null && ++smallInARow > SMALL_FRAMES) {
      largeIn = null;
    }
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
    return ByteBuffer.wrap(payload);
  }

  /** An array of that size would be cleared first, copied into, and be garbage soon. */
  private ByteBuffer largePayload(int bytes) throws IOException {
    ByteBuffer payload = largeBuffer(bytes);
    payload.put(in);
    while (payload.hasRemaining()) {
      if (read(payload) < 0) {
        throw endedInside(payload.position(), bytes);
      }
    }
    return payload.flip();
  }

  private ByteBuffer largeBuffer(int bytes) {
    smallInARow = 0;
    ByteBuffer kept = largeIn;
    if (bytes > MOST_KEPT_BYTES) {
      return ByteBuffer.allocate(bytes);
    }
    if (kept == null || kept.capacity() < bytes) {
      largeIn = null;
      try {
        kept = ByteBuffer.allocateDirect(bytes);
      } catch (OutOfMemoryError e) {
        return ByteBuffer.allocate(bytes); // The heap may have room, or says the same.
      }
      largeIn = kept;
    }
    return kept.clear().limit(bytes);
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
    if (read(in) < 0) {
      in.flip();
      throw have == 0 && wanted == HEADER_BYTES
          ? new EOFException("channel ended")
          : endedInside(have, wanted);
    }
  }

  private int read(ByteBuffer to) throws IOException {
    reads = ++readCount;
    try {
      return channel.read(to);
    } finally {
      reads = ++readCount;
    }
  }

  private static EOFException endedInside(int have, int wanted) {
    return new EOFException(
        "channel ended inside a frame, after " + have + " of " + wanted + " bytes");
  }

  /**
   * Closes the channel because the peer's process has ended, which its end of the channel need not
   * tell: a child of it may have inherited that. What it had sent can be received first; this waits
   * for that, as long as somebody receives.
   *
   * @throws IOException when it is closed already, or that fails
   * @throws InterruptedException when the calling thread is interrupted
   */
  public void closeAfterPeer() throws IOException, InterruptedException {
    if (channel instanceof PeekableChannel peekable) {
      peekable.closeOutput();
    }
    int seen = reads;
    long since = System.nanoTime();
    while (channel.isOpen() && isSomethingLeft(System.nanoTime() - since)) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      if (reads != seen) {
        seen = reads;
        since = System.nanoTime();
      }
    }
    close();
  }

  private boolean isSomethingLeft(long sameNanos) throws IOException {
    if (channel instanceof PeekableChannel peekable) {
      return sameNanos < ABANDONED_NANOS && peekable.isReadable();
    }
    boolean isWaiting = (reads & 1) == 1;
    return sameNanos < (isWaiting ? QUIET_NANOS : ABANDONED_NANOS);
  }

  /** Closes the channel; who waits in it gets an exception. A second call does nothing. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}

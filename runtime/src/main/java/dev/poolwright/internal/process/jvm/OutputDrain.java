package dev.poolwright.internal.process.jvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.HelperThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A thread that reads what a worker JVM prints and forwards it line by line, in order.
 *
 * <p><b>Shape:</b> UTF-8; a line without end is forwarded in pieces of 64 KiB, never inside a
 * character.
 */
public final class OutputDrain extends HelperThread {
  /** A power of two. */
  static final int TAIL_BYTES = 64 << 10;

  private static final int LINE_BYTES = 64 << 10;
  private static final int STACK_BYTES = 256 << 10;
  private static final long LOOK_MILLIS = 5;

  /**
   * A read that still waits at so many looks, after the end of the process, has nothing to wait
   * for. Looks and no time: where threads wait for a CPU, whoever looks does so too.
   */
  private static final int QUIET_LOOKS = 100;

  /** An application that does not take its output for so many looks has to do without it. */
  private static final int MOST_LOOKS = 1_000;

  private final InputStream from;
  private final Consumer<String> to;
  private final byte[] line = new byte[LINE_BYTES];
  private int size; // Confined to this thread.

  /** Odd while this thread waits in the stream; written by this thread. */
  private volatile int reads;

  private int readCount; // Confined to this thread.

  /** A ring. */
  @GuardedBy("this")
  private final byte[] tail = new byte[TAIL_BYTES];

  @GuardedBy("this")
  private int tailEnd;

  public OutputDrain(String name, InputStream from, Consumer<String> to) {
    super(name, STACK_BYTES, () -> {});
    this.from = from;
    this.to = to;
  }

  @Override
  public void run() {
    byte[] bytes = new byte[8 << 10];
    try (from) {
      for (int count = read(bytes); count >= 0; count = read(bytes)) {
        keep(bytes, count);
        for (int i = 0; i < count; i++) {
          add(bytes[i]);
        }
      }
    } catch (IOException e) {
      // The stream was closed because the worker is gone.
    }
    if (size > 0) {
      forward(size);
    }
  }

  private int read(byte[] bytes) throws IOException {
    reads = ++readCount;
    try {
      return from.read(bytes);
    } finally {
      reads = ++readCount;
    }
  }

  /**
   * Waits until all that a process wrote which has ended was read and forwarded, for some seconds
   * at most; the end of the stream need not come, since others may have inherited its other side.
   */
  public void awaitRest() throws InterruptedException {
    int seen = reads;
    int quiet = 0;
    for (int looks = 0; isAlive() && looks < MOST_LOOKS && quiet < QUIET_LOOKS; looks++) {
      join(LOOK_MILLIS);
      boolean isWaiting = reads == seen && (seen & 1) != 0;
      quiet = isWaiting ? quiet + 1 : 0;
      seen = reads;
    }
  }

  private synchronized void keep(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      tail[tailEnd++ & (TAIL_BYTES - 1)] = bytes[i];
    }
    if (tailEnd >= 2 * TAIL_BYTES) {
      tailEnd -= TAIL_BYTES; // Stays full, and never overflows.
    }
  }

  /** The last 64 KiB, at most, so far. */
  public synchronized String tail() {
    int size = Math.min(tailEnd, TAIL_BYTES);
    byte[] last = new byte[size];
    for (int i = 0; i < size; i++) {
      last[i] = tail[(tailEnd - size + i) & (TAIL_BYTES - 1)];
    }
    int start = 0;
    while (start < Math.min(3, size) && isContinuation(last[start])) {
      start++;
    }
    return new String(last, start, size - start, StandardCharsets.UTF_8);
  }

  private void add(byte b) {
    if (b == '\n') {
      forward(size > 0 && line[size - 1] == '\r' ? size - 1 : size);
      size = 0;
      return;
    }
    if (size == LINE_BYTES) {
      int end = size;
      while (end > size - 4 && isContinuation(line[end - 1])) {
        end--;
      }
      end = end == size ? size : end - 1;
      forward(end);
      System.arraycopy(line, end, line, 0, size - end);
      size -= end;
    }
    line[size++] = b;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Whatever the application's own stream throws: a worker that nobody reads would stand still. */
  private void forward(int bytes) {
    Guard.run(
        () -> "forwarding a line of " + getName(),
        () -> to.accept(new String(line, 0, bytes, StandardCharsets.UTF_8)));
  }
}

package dev.poolwright.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.PayloadBuffer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers outcomes and sends them: at the end of a frame, after 64 KiB, or when they are some
 * milliseconds old. A thread of its own sees to the latter, since the running thread may be inside
 * a long method then.
 *
 * <p><b>Threads:</b> one thread runs; the clock thread only sends.
 */
class Answers {
  private static final int FLUSH_BYTES = 64 << 10;
  private static final int KEEP_BYTES = 4 << 20;
  private static final int MOST_KEPT_BYTES = 16 << 20;
  private static final int WORTH_HALVING = 256;
  private static final int SMALL_FLUSHES = 1_000;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int IDLE_TICKS = 100;

  private final FrameChannel channel;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();

  // By who has the lock, which the running thread keeps from open to close.
  private PayloadBuffer out;
  private int at;

  @GuardedBy("lock")
  private long call;

  @GuardedBy("lock")
  private int first;

  @GuardedBy("lock")
  private int count;

  @GuardedBy("lock")
  private int smallInARow;

  private int flushTick; // Confined to the running thread, as the next one.
  private int half; // Outcomes up to here are sent at once, so that the parent has work meanwhile.
  private volatile int tick; // Written by the clock thread.
  private volatile boolean isRunning; // A frame with several elements is being run.
  private volatile boolean isClockAsleep = true;
  private @Nullable Thread clock; // Confined to the running thread.

  Answers(FrameChannel channel, int limit) {
    this.channel = channel;
    this.limit = limit;
    this.out = new PayloadBuffer(limit);
  }

  void begin(long frameCall, int elements) {
    lock.lock();
    try {
      call = frameCall;
      start(0);
    } finally {
      lock.unlock();
    }
    half = elements < WORTH_HALVING ? 0 : elements / 2;
    if (elements > 1) {
      flushTick = tick;
      isRunning = true;
      if (isClockAsleep) {
        wakeClock();
      }
    }
  }

  @GuardedBy("lock")
  private void start(int next) {
    first = next;
    count = 0;
    out.truncate(0);
    out.putInt(next);
    out.putInt(0);
  }

  /** Takes the buffer for one outcome; {@link #close} follows. */
  PayloadBuffer open() {
    lock.lock();
    at = out.beginSized();
    return out;
  }

  void close(boolean isLast) throws IOException {
    try {
      out.endSized(at);
      count++;
      if (isLast) {
        isRunning = false;
      }
      int now = tick;
      if (isLast || first + count == half || now != flushTick || out.size() > FLUSH_BYTES) {
        flushTick = now;
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void flush() throws IOException {
    flushOutput();
    out.setInt(4, count);
    channel.send(FrameType.OUTCOME, call, out.toByteBuffer());
    smallInARow = out.size() > KEEP_BYTES ? 0 : smallInARow + 1;
    if (out.capacity() > MOST_KEPT_BYTES
        || (out.capacity() > KEEP_BYTES && smallInARow > SMALL_FLUSHES)) {
      out = new PayloadBuffer(limit);
    }
    start(first + count);
  }

  /** What a task has put in the place of the standard output may throw. */
  static void flushOutput() {
    try {
      System.out.flush();
    } catch (Throwable e) {
      // Its output is its own; its outcome is not.
    }
  }

  // ---- the clock

  private void wakeClock() {
    Thread known = clock;
    try {
      if (known == null) {
        known = new Thread(null, this::watch, "poolwright-answers", 128 << 10);
        known.setDaemon(true);
        start(known);
        clock = known;
      }
      isClockAsleep = false;
      LockSupport.unpark(known);
    } catch (Throwable e) {
      // There is no thread to be had: this frame's outcomes go when they are many, or all there.
    }
  }

  /** Tests refuse the thread here, as a machine does that has no more. */
  void start(Thread thread) {
    thread.start();
  }

  private void watch() {
    int idle = 0;
    int ticks = 0;
    int seenFirst = -1;
    try {
      while (true) {
        LockSupport.parkNanos(this, TICK_NANOS);
        tick = ++ticks;
        idle = isRunning ? 0 : idle + 1;
        seenFirst = isRunning ? flushOld(seenFirst) : -1;
        if (idle > IDLE_TICKS) {
          isClockAsleep = true;
          while (isClockAsleep) {
            LockSupport.park(this);
          }
          idle = 0;
        }
      }
    } catch (IOException e) {
      // The channel is gone, and this JVM with it.
    }
  }

  /** Sends what was there a tick before; returns what is to be sent at the next tick. */
  private int flushOld(int seenFirst) throws IOException {
    if (!lock.tryLock()) {
      return -1; // The running thread is about to look at the tick itself.
    }
    try {
      if (count == 0) {
        return -1;
      }
      if (first != seenFirst) {
        return first;
      }
      flush();
      return -1;
    } catch (RuntimeException | Error e) {
      return -1; // What was not sent is sent later; half a frame has closed the channel.
    } finally {
      lock.unlock();
    }
  }
}

package dev.poolwright.junit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.Time;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A time that passes when the test says so.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class ManualTime implements Time {

  private static final long LOOK_NANOS = 1_000_000;

  private final Waits waits;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final PriorityQueue<Due> pending =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));

  @GuardedBy("lock")
  private long nowNanos;

  @GuardedBy("lock")
  private long scheduled;

  private record Due(long atNanos, long number, Runnable action) {}

  /** What is done on a thread that waits. */
  @FunctionalInterface
  interface Waits {
    /**
     * A thread is about to wait.
     *
     * @return whether there was something to do meanwhile, so that it looks again at once
     * @throws IllegalStateException when nothing would end the wait
     */
    boolean instead(Object awaited);
  }

  ManualTime(Waits waits) {
    this.waits = waits;
  }

  @Override
  public long now() {
    lock.lock();
    try {
      return nowNanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void park(Object awaited, long nanos) {
    if (!waits.instead(awaited)) {
      LockSupport.parkNanos(awaited, LOOK_NANOS);
    }
  }

  @Override
  public Runnable schedule(long nanos, Runnable action) {
    lock.lock();
    try {
      Due due = new Due(nowNanos + nanos, scheduled++, action);
      pending.add(due);
      return () -> drop(due);
    } finally {
      lock.unlock();
    }
  }

  private void drop(Due due) {
    lock.lock();
    try {
      pending.remove(due);
    } finally {
      lock.unlock();
    }
  }

  /** Lets time pass; what is due runs on the calling thread, each at its time. */
  void advance(long nanos) {
    long end = Math.addExact(now(), nanos);
    Runnable action;
    while ((action = next(end)) != null) {
      action.run();
    }
  }

  private @Nullable Runnable next(long endNanos) {
    lock.lock();
    try {
      Due due = pending.peek();
      boolean isDue = due != null && due.atNanos <= endNanos;
      // An action may have let more time pass than that.
      nowNanos = Math.max(nowNanos, isDue ? due.atNanos : endNanos);
      if (!isDue) {
        return null;
      }
      pending.remove();
      return due.action;
    } finally {
      lock.unlock();
    }
  }

  /** Whether anything is to happen when time passes. */
  boolean isAnythingPending() {
    lock.lock();
    try {
      return !pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}

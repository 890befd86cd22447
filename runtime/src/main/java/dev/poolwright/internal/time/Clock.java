package dev.poolwright.internal.time;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits and deadlines go by: the system's time, or one that was given. Waits of the latter
 * kind are short ones in a loop.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Clock {

  /** The system's. */
  public static final Clock SYSTEM = new Clock(null);

  private final @Nullable Source source;

  private Clock(@Nullable Source source) {
    this.source = source;
  }

  /** A time that was given, as {@code dev.poolwright.Time} has it. */
  public interface Source {
    /** In nanoseconds. */
    long now();

    /** Waits for a moment. */
    void park(Object awaited, long nanos);
  }

  /** A clock that shows another time than the system's. */
  public static Clock of(Source source) {
    return new Clock(source);
  }

  /** Whether waits may be left to the JDK. */
  public boolean isSystem() {
    return source == null;
  }

  /** The time now; differences alone mean anything. */
  public long now() {
    Source given = source;
    return given == null ? System.nanoTime() : given.now();
  }

  /**
   * The point in time that lies so far ahead.
   *
   * @param nanos any; less than zero counts as zero
   * @return as {@link #now} counts
   */
  public long deadline(long nanos) {
    return now() + Nanos.bounded(nanos);
  }

  /**
   * How far ahead a point in time lies.
   *
   * @param deadline made by {@link #deadline}
   * @return zero or less once it has passed
   */
  public long left(long deadline) {
    return deadline - now();
  }

  /** As {@link LockSupport#parkNanos}, whose caller looks again. Not under a lock. */
  public void park(Object awaited, long nanos) {
    Source given = source;
    if (given == null) {
      LockSupport.parkNanos(awaited, nanos);
    } else {
      given.park(awaited, nanos);
    }
  }

  /**
   * As {@link Condition#awaitNanos}, whose caller looks again.
   *
   * @param held the lock of the condition
   * @param awaited what the wait is for
   * @return how much of the time is left
   */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again.
  public long await(ReentrantLock held, Condition changed, Object awaited, long nanos)
      throws InterruptedException {
    Source given = source;
    if (given == null) {
      return changed.awaitNanos(nanos);
    }
    long end = deadline(nanos);
    held.unlock();
    try {
      given.park(awaited, nanos);
    } finally {
      held.lock();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return left(end);
  }
}

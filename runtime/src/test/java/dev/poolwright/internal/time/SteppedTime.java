package dev.poolwright.internal.time;

import dev.poolwright.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A time that passes when a test says so. */
public final class SteppedTime implements Time {

  private static final long LOOK_NANOS = 1_000_000;

  private final @Nullable Thread refused;
  private final List<Due> pending = new ArrayList<>(); // Guarded by this.
  private long now = Long.MAX_VALUE - 1_000; // Guarded by this; overflows soon.

  private record Due(long at, Runnable action) {}

  private SteppedTime(@Nullable Thread refused) {
    this.refused = refused;
  }

  /** Whoever waits by it does so. */
  public static SteppedTime stepped() {
    return new SteppedTime(null);
  }

  /** A wait of the thread that made it would never end, and is refused. */
  static SteppedTime refusingWaits() {
    return new SteppedTime(Thread.currentThread());
  }

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public void park(Object awaited, long nanos) {
    if (Thread.currentThread() == refused) {
      throw new IllegalStateException("nothing ends the wait for " + awaited);
    }
    LockSupport.parkNanos(awaited, LOOK_NANOS);
  }

  @Override
  public synchronized Runnable schedule(long nanos, Runnable action) {
    Due due = new Due(now + nanos, action);
    pending.add(due);
    return () -> drop(due);
  }

  private synchronized void drop(Due due) {
    pending.remove(due);
  }

  synchronized int pending() {
    return pending.size();
  }

  /** Runs, in this thread, what is due by then. */
  public void pass(Duration duration) {
    List<Due> due;
    synchronized (this) {
      now += duration.toNanos();
      due = pending.stream().filter(each -> each.at - now <= 0).toList();
      pending.removeAll(due);
    }
    due.forEach(each -> each.action.run());
  }
}

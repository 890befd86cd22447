package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.BrokenPoolException;
import dev.poolwright.internal.life.Guard;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds restarts. After a start that failed the next one waits, longer each time. Starts that fail
 * while no worker JVM lives, or worker JVMs that crash, several times in a row without one success
 * break the pool: for good when it never worked, otherwise until after a pause.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Breaker {
  private static final int MOST_START_FAILURES = 3;

  /** A crash may be the call's own doing; each fails one task, and many may come in a row. */
  private static final int LEAST_CRASHES = 16;

  private static final int CRASHES_PER_WORKER = 4;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FIRST_BREAK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String pool;
  private final int mostCrashes;

  @GuardedBy("this")
  private boolean hasStarted;

  /** In a row, since one succeeded or the last worker JVM was gone. */
  @GuardedBy("this")
  private int startFailures;

  @GuardedBy("this")
  private long failedNanos;

  @GuardedBy("this")
  private long nextStartNanos;

  @GuardedBy("this")
  private int crashBreaks; // In a row.

  private volatile int crashes; // In a row. Written under the lock.
  private volatile boolean hasSucceeded; // Written under the lock.
  private volatile @Nullable Broken broken; // Written under the lock.

  Breaker(String pool, int maxWorkers) {
    this.pool = pool;
    this.mostCrashes = Math.max(LEAST_CRASHES, CRASHES_PER_WORKER * maxWorkers);
  }

  /** Until a time, or for good. */
  private record Broken(String what, Throwable cause, boolean isForGood, long untilNanos) {
    long leftNanos() {
      return isForGood ? Long.MAX_VALUE : untilNanos - System.nanoTime();
    }
  }

  /** Throws when the pool is broken; each caller gets an exception of its own. */
  void check() {
    Broken why = broken;
    long leftNanos = why == null ? 0 : why.leftNanos();
    if (why != null && leftNanos > 0) {
      throw new BrokenPoolException(message(why, leftNanos), why.cause, why.isForGood);
    }
  }

  private String message(Broken why, long leftNanos) {
    Duration left = Duration.ofMillis(1 + TimeUnit.NANOSECONDS.toMillis(leftNanos));
    String what = why.isForGood ? " is broken: " : " is broken, and tries again in " + left + ": ";
    return "pool \"" + pool + "\"" + what + why.what + "; the last one: " + why.cause.getMessage();
  }

  /** How long nobody is to start a worker JVM; 0 or less when anybody may. */
  synchronized long pauseNanos() {
    return startFailures == 0 ? 0 : nextStartNanos - System.nanoTime();
  }

  /**
   * A start has failed.
   *
   * @param failure why
   * @param begunNanos when it began: starts that fail side by side are one failure
   * @param living worker JVMs that go on
   */
  void startFailed(Throwable failure, long begunNanos, int living) {
    Broken now = null;
    synchronized (this) {
      if (startFailures > 0 && begunNanos - failedNanos < 0) {
        return;
      }
      startFailures++;
      failedNanos = System.nanoTime();
      long pauseNanos = growing(FIRST_PAUSE_NANOS, startFailures - 1);
      if (living == 0 && startFailures >= MOST_START_FAILURES) {
        String what = startFailures + " worker JVMs in a row could not be started";
        pauseNanos = growing(FIRST_BREAK_NANOS, startFailures - MOST_START_FAILURES);
        now =
            breakFor(
                hasStarted ? what : what + ", from its first on", failure, !hasStarted, pauseNanos);
      }
      nextStartNanos = failedNanos + pauseNanos;
    }
    if (now != null) {
      log(now);
    } else if (living > 0) {
      Guard.log(
          Level.WARNING,
          failure.getMessage() + "; the pool goes on with " + living + " worker JVMs",
          failure);
    }
  }

  void crashed(Throwable crash) {
    Broken now = null;
    synchronized (this) {
      crashes = crashes + 1;
      if (crashes >= mostCrashes) {
        String what = crashes + " worker JVMs in a row crashed, without one task that succeeded";
        now = breakFor(what, crash, !hasSucceeded, growing(FIRST_BREAK_NANOS, crashBreaks++));
      }
    }
    if (now != null) {
      log(now);
    }
  }

  @GuardedBy("this")
  private Broken breakFor(String what, Throwable last, boolean isForGood, long pauseNanos) {
    Broken now = new Broken(what, last, isForGood, System.nanoTime() + pauseNanos);
    broken = now;
    return now;
  }

  private void log(Broken now) {
    Guard.log(Level.ERROR, message(now, now.leftNanos()), now.cause);
  }

  private static long growing(long firstNanos, int times) {
    return Math.min(LONGEST_NANOS, firstNanos << Math.min(times, 10));
  }

  /** A worker JVM is ready. */
  synchronized void started() {
    hasStarted = true;
    startFailures = 0;
  }

  /** No worker JVM lives any more: whoever needs one need not wait for a pause of better times. */
  synchronized void lastGone() {
    startFailures = 0;
  }

  /** A call was answered. */
  void succeeded() {
    if (crashes != 0 || !hasSucceeded) {
      synchronized (this) {
        hasSucceeded = true;
        crashes = 0;
        crashBreaks = 0;
      }
    }
  }
}

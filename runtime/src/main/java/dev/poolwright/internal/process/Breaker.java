package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.BrokenPoolException;
import dev.poolwright.internal.life.Guard;
import org.jspecify.annotations.Nullable;

/**
 * Bounds restarts: starts that fail, or worker JVMs that crash, several times in a row without one
 * success break the pool.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Breaker {
  /** A start depends on the settings alone, so that a third failure promises no fourth success. */
  private static final int MOST_START_FAILURES = 3;

  /** A crash may be the call's own doing; each fails one task, and many may come in a row. */
  private static final int LEAST_CRASHES = 16;

  private static final int CRASHES_PER_WORKER = 4;

  private final String pool;
  private final int mostCrashes;

  @GuardedBy("this")
  private int startFailures;

  private volatile int crashes; // Written under the lock, but for the reset in succeeded().
  private volatile @Nullable Broken broken; // Written once.

  Breaker(String pool, int maxWorkers) {
    this.pool = pool;
    this.mostCrashes = Math.max(LEAST_CRASHES, CRASHES_PER_WORKER * maxWorkers);
  }

  private record Broken(String message, Throwable cause) {}

  /** Throws when the pool is broken; each caller gets an exception of its own. */
  void check() {
    Broken why = broken;
    if (why != null) {
      throw new BrokenPoolException(why.message, why.cause);
    }
  }

  synchronized void startFailed(Throwable failure) {
    if (++startFailures >= MOST_START_FAILURES) {
      breakFor(startFailures + " worker JVMs in a row could not be started", failure);
    }
  }

  synchronized void crashed(Throwable crash) {
    crashes++;
    if (crashes >= mostCrashes) {
      breakFor(crashes + " worker JVMs in a row crashed, without one task that succeeded", crash);
    }
  }

  @GuardedBy("this")
  private void breakFor(String what, Throwable last) {
    if (broken == null) {
      String message =
          "pool \"" + pool + "\" is broken: " + what + "; the last one: " + last.getMessage();
      broken = new Broken(message, last);
      Guard.log(System.Logger.Level.ERROR, message, last);
    }
  }

  synchronized void started() {
    startFailures = 0;
  }

  void succeeded() {
    if (crashes != 0) {
      crashes = 0;
    }
  }
}

package dev.poolwright.internal.crew;

import dev.poolwright.PoolSaturatedException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What one crew refuses, and why: each refusal is counted, and made to be thrown. What is no static
 * method is called under the lock of the crew.
 */
final class Refusals {

  private final Object pool;
  private long count;

  /**
   * None so far.
   *
   * @param pool its text names it in messages
   */
  Refusals(Object pool) {
    this.pool = pool;
  }

  long count() {
    return count;
  }

  /** Counts one whose text is made outside the lock. */
  void add() {
    count++;
  }

  RejectedExecutionException shutDown(@Nullable String what) {
    count++;
    return new RejectedExecutionException(text(pool, what, "it is shut down"));
  }

  RejectedExecutionException interrupted(@Nullable String what, InterruptedException interrupt) {
    count++;
    String why = "the submitting thread was interrupted while it waited for a place";
    return new RejectedExecutionException(text(pool, what, why), interrupt);
  }

  PoolSaturatedException saturated(@Nullable String what, Places places, int capacity) {
    count++;
    String numbers =
        places.busy() + " running, " + places.waiting() + " queued (capacity " + capacity + ")";
    return new PoolSaturatedException(text(pool, what, numbers));
  }

  static RejectedExecutionException noWorker(Object pool, @Nullable String what, Throwable lack) {
    String why = "it has no worker, and no thread could be started: " + lack;
    return new RejectedExecutionException(text(pool, what, why), lack);
  }

  static IllegalStateException tooManyWaits(Object pool, int most) {
    String wait = most + " workers wait already for tasks (at most " + most;
    return new IllegalStateException(
        pool + ": " + wait + "); use thenCompose, Tasks.allOf or another pool");
  }

  private static String text(Object pool, @Nullable String what, String why) {
    return pool + " rejected " + what + ": " + why;
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.PoolSaturatedException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a pool refused, and why: makes what is to be thrown, and counts it. Guarded by the lock of
 * the pool's crew.
 */
final class Refusals {

  private final EnginePool pool;
  private long count;

  Refusals(EnginePool pool) {
    this.pool = pool;
  }

  long count() {
    return count;
  }

  RejectedExecutionException shutDown(@Nullable String what) {
    return new RejectedExecutionException(text(what, "it is shut down"));
  }

  RejectedExecutionException interrupted(@Nullable String what, InterruptedException interrupt) {
    String why = "the submitting thread was interrupted while it waited for a place";
    return new RejectedExecutionException(text(what, why), interrupt);
  }

  RejectedExecutionException noWorker(@Nullable String what, Throwable lack) {
    String why = "it has no worker, and no thread could be started: " + lack;
    return new RejectedExecutionException(text(what, why), lack);
  }

  PoolSaturatedException saturated(@Nullable String what, int running, int queued, int capacity) {
    String numbers = running + " running, " + queued + " queued (capacity " + capacity + ")";
    return new PoolSaturatedException(text(what, numbers));
  }

  private String text(@Nullable String what, String why) {
    count++;
    return pool + " rejected " + what + ": " + why;
  }
}

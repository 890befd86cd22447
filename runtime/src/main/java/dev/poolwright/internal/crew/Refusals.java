package dev.poolwright.internal.crew;

import dev.poolwright.PoolSaturatedException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What is thrown by a pool that refuses something, and says why. */
final class Refusals {

  private Refusals() {}

  static RejectedExecutionException shutDown(Object pool, @Nullable String what) {
    return new RejectedExecutionException(text(pool, what, "it is shut down"));
  }

  static RejectedExecutionException interrupted(
      Object pool, @Nullable String what, InterruptedException interrupt) {
    String why = "the submitting thread was interrupted while it waited for a place";
    return new RejectedExecutionException(text(pool, what, why), interrupt);
  }

  static RejectedExecutionException noWorker(Object pool, @Nullable String what, Throwable lack) {
    String why = "it has no worker, and no thread could be started: " + lack;
    return new RejectedExecutionException(text(pool, what, why), lack);
  }

  static PoolSaturatedException saturated(
      Object pool, @Nullable String what, int running, int queued, int capacity) {
    String numbers = running + " running, " + queued + " queued (capacity " + capacity + ")";
    return new PoolSaturatedException(text(pool, what, numbers));
  }

  private static String text(Object pool, @Nullable String what, String why) {
    return pool + " rejected " + what + ": " + why;
  }
}

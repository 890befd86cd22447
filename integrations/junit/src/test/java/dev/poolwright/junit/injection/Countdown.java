package dev.poolwright.junit.injection;

import dev.poolwright.annotation.Async;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.concurrent.CompletableFuture;

/** Needs its own proxy, which needs it: one of them has to come later. */
class Countdown {
  private final Provider<AsyncCountdown> async;

  @Inject
  Countdown(Provider<AsyncCountdown> async) {
    this.async = async;
  }

  @Async(pool = "countdowns", maxWorkers = 2)
  CompletableFuture<Integer> from(int start) {
    return start == 0
        ? CompletableFuture.completedFuture(0)
        : async.get().from(start - 1).thenApply(steps -> steps + 1);
  }
}

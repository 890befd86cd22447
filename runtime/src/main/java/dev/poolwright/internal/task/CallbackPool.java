package dev.poolwright.internal.task;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The cached threads that run callbacks of tasks that ended without a worker, and everything else
 * that must not run on a thread of the engine. As many as are needed; each is kept for a second.
 */
final class CallbackPool extends LocalPool {

  private static final CrewLimits LIMITS =
      new CrewLimits(
          Integer.MAX_VALUE / 2,
          Integer.MAX_VALUE,
          SaturationPolicy.REJECT,
          TimeUnit.SECONDS.toNanos(1));

  CallbackPool(Engine engine) {
    super(engine, new PoolSettings("poolwright-callbacks", PoolKind.THREAD, Map.of()), LIMITS);
  }

  @Override
  String threadName(int number) {
    return "poolwright-callback-" + number;
  }

  @Override
  boolean isOpenToTheEnd() {
    return true;
  }
}

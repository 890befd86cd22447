package dev.poolwright.internal.thread;

import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.LocalPool;
import dev.poolwright.internal.task.PoolSettings;

/** A pool whose workers run the calls themselves. */
public final class ThreadPool extends LocalPool {

  /**
   * A pool without workers.
   *
   * @param engine what it shares with other pools
   * @param settings resolved
   */
  public ThreadPool(Engine engine, PoolSettings settings) {
    super(engine, settings);
  }
}

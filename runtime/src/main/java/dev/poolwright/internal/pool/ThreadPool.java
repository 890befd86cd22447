package dev.poolwright.internal.pool;

import dev.poolwright.internal.life.Life;

/** A pool whose workers run the calls themselves. */
public final class ThreadPool extends LocalPool {

  /**
   * A pool without workers.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   */
  public ThreadPool(Life life, PoolSettings settings) {
    super(life, settings);
  }
}

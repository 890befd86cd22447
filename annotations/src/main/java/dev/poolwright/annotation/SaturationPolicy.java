package dev.poolwright.annotation;

import java.util.Locale;

/**
 * What submit does when every worker is busy and the queue is full. It holds for threads outside
 * the pools: a submit from a worker or a callback of the same {@code Pools} neither blocks nor runs
 * inline, it is queued over capacity, since two pools that feed each other would come to a stop.
 */
public enum SaturationPolicy {
  /** Submit waits for a place; an interrupt or a shutdown ends the wait with a rejection. */
  BLOCK,

  /** Submit throws {@code PoolSaturatedException}. */
  REJECT,

  /** The submitting thread runs the task itself. Pools of threads and virtual threads only. */
  CALLER_RUNS;

  /**
   * The policy as a system property has it, {@code
   * -Dpoolwright.pools.io.when-saturated=caller-runs}.
   *
   * @return in lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

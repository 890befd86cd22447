package dev.poolwright.annotation;

import java.util.Locale;

/**
 * The policy for a submit when every worker is busy and the queue is full. It applies to threads
 * outside the pools. A submit from a worker or a callback of the same {@code Pools} neither blocks
 * nor runs inline but is queued beyond the capacity, since two pools that feed each other would
 * otherwise deadlock.
 */
public enum SaturationPolicy {
  /**
   * Submit waits for a place in the queue; an interrupt or a shutdown ends the wait with a
   * rejection.
   */
  BLOCK,

  /** Submit throws {@code PoolSaturatedException}. */
  REJECT,

  /** The submitting thread runs the task itself. Pools of threads and virtual threads only. */
  CALLER_RUNS;

  /**
   * The name of the policy in a system property, {@code
   * -Dpoolwright.pools.io.when-saturated=caller-runs}.
   *
   * @return the name in lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

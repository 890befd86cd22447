package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;

/**
 * What one caller wants differently, for a view of a proxy or of a pool:
 *
 * <pre>{@code
 * crawler.with(CallOption.timeout(Duration.ofSeconds(2))).get(url);
 * }</pre>
 *
 * <p>Options reach what is submitted through the view: each call, and each element of a batch. They
 * do not reach what callbacks submit, nor the proxy or pool that the view was made of. A later
 * option overrides an earlier one of the same kind, also when it is given to a view of a view.
 *
 * <p><b>Shape:</b> immutable.
 */
public sealed interface CallOption {

  /**
   * Limits each run, instead of the limits of {@code @Async} and of the pool.
   *
   * @param limit more than zero, counted from the start of the run
   * @return the option
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  static CallOption timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout is " + limit + "; must be more than zero");
    }
    return new Timeout(limit);
  }

  /**
   * Lifts the limits of {@code @Async} and of the pool.
   *
   * @return the option
   */
  static CallOption noTimeout() {
    return new Timeout(Duration.ZERO);
  }

  /**
   * Runs a call again whose worker ended by itself, instead of what {@code @Async} and the pool
   * say. It is for calls that may run twice; on a pool of threads it means nothing.
   *
   * @param times 0 to 100
   * @return the option
   * @throws IllegalArgumentException if {@code times} is out of range
   */
  static CallOption retries(int times) {
    return new Retries(times);
  }

  /**
   * Made by {@link CallOption#retries}.
   *
   * @param times how often a call is run again
   */
  record Retries(int times) implements CallOption {
    /**
     * Checks the number.
     *
     * @param times 0 to 100
     * @throws IllegalArgumentException if {@code times} is out of range
     */
    public Retries {
      Object unused = PoolSetting.RETRIES.checked(PoolKind.PROCESS, times);
    }
  }

  /**
   * Made by {@link CallOption#timeout} and {@link CallOption#noTimeout}.
   *
   * @param limit of each run; zero for none
   */
  record Timeout(Duration limit) implements CallOption {
    /**
     * Checks the limit.
     *
     * @param limit of each run; zero for none
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Timeout {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("timeout is " + limit + "; must be zero or more");
      }
    }
  }
}

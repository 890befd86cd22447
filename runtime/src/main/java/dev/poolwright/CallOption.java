package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;

/**
 * An option of one caller, for a view of a proxy or of a pool:
 *
 * <pre>{@code
 * crawler.with(CallOption.timeout(Duration.ofSeconds(2))).get(url);
 * }</pre>
 *
 * <p>Options apply to each call and each batch element submitted through the view. They apply
 * neither to calls submitted by callbacks nor to the proxy or pool that the view was made from. A
 * later option overrides an earlier one of the same kind, even if it is given to a view of a view.
 *
 * <p><b>Shape:</b> immutable.
 */
public sealed interface CallOption {

  /**
   * Limits the time of each run, overriding the limits of {@code @Async} and of the pool.
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
   * Removes the limits of {@code @Async} and of the pool.
   *
   * @return the option
   */
  static CallOption noTimeout() {
    return new Timeout(Duration.ZERO);
  }

  /**
   * Sets how many times a call is run again when its worker ended by itself, overriding
   * {@code @Async} and the pool. Only for calls that may safely run twice; without effect on a pool
   * of threads.
   *
   * @param times 0 to 100
   * @return the option
   * @throws IllegalArgumentException if {@code times} is out of range
   */
  static CallOption retries(int times) {
    return new Retries(times);
  }

  /**
   * The option of {@link CallOption#retries}.
   *
   * @param times how many times a call is run again
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
   * The option of {@link CallOption#timeout} and {@link CallOption#noTimeout}.
   *
   * @param limit the limit of each run; zero for none
   */
  record Timeout(Duration limit) implements CallOption {
    /**
     * Checks the limit.
     *
     * @param limit the limit of each run; zero for none
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Timeout {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("timeout is " + limit + "; must be zero or more");
      }
    }
  }
}

package dev.poolwright;

import java.time.Duration;
import java.util.Optional;

/**
 * What one caller wants differently, for the derived view of a proxy:
 *
 * <pre>{@code
 * crawler.with(CallOptions.timeout(Duration.ofSeconds(2))).get(url);
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; limits are relative and count from the start of each run.
 */
public final class CallOptions {

  private final Optional<Duration> timeout;

  private CallOptions(Optional<Duration> timeout) {
    this.timeout = timeout;
  }

  /**
   * Limits each run, instead of the limits of {@code @Async} and of the pool.
   *
   * @param limit more than zero, counted from the start of the run
   * @return the option
   * @throws IllegalArgumentException when zero or negative
   */
  public static CallOptions timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout is " + limit + "; must be more than zero");
    }
    return new CallOptions(Optional.of(limit));
  }

  /**
   * Lifts the limits of {@code @Async} and of the pool.
   *
   * @return the option
   */
  public static CallOptions noTimeout() {
    return new CallOptions(Optional.of(Duration.ZERO));
  }

  /**
   * The limit of each run.
   *
   * @return zero for no limit; empty to leave it as it is
   */
  public Optional<Duration> timeout() {
    return timeout;
  }
}

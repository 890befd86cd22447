package dev.poolwright;

import dev.poolwright.internal.time.Nanos;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a {@link Batch} is.
 *
 * @param done elements that ended in whatever way
 * @param failed how many of them failed or were cancelled
 * @param total number of inputs, where it is known
 * @param elapsed time since the call
 */
public record BatchProgress(long done, long failed, OptionalLong total, Duration elapsed) {

  /**
   * Mean speed so far.
   *
   * @return elements a second
   */
  public double throughput() {
    long nanos = Nanos.of(elapsed);
    return nanos == 0 ? 0 : done * 1e9 / nanos;
  }

  /**
   * Estimate of the time left, at the mean speed so far.
   *
   * @return empty when the total is unknown or nothing is done yet
   */
  public Optional<Duration> remaining() {
    if (total.isEmpty() || done == 0) {
      return Optional.empty();
    }
    double nanosEach = (double) Nanos.of(elapsed) / done;
    return Optional.of(Duration.ofNanos((long) (nanosEach * (total.getAsLong() - done))));
  }
}

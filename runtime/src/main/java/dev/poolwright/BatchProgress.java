package dev.poolwright;

import dev.poolwright.internal.time.Nanos;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a {@link Batch} is.
 *
 * <p>Made by Poolwright alone; later versions add figures.
 *
 * <p><b>Shape:</b> immutable.
 */
public interface BatchProgress {

  /**
   * The elements that ended in whatever way.
   *
   * @return 0 or more
   */
  long done();

  /**
   * How many of {@link #done} failed or were cancelled.
   *
   * @return 0 or more
   */
  long failed();

  /**
   * The number of inputs.
   *
   * @return empty where it is not known
   */
  OptionalLong total();

  /**
   * The time since the call.
   *
   * @return not negative
   */
  Duration elapsed();

  /**
   * Mean speed so far.
   *
   * @return elements a second
   */
  default double throughput() {
    long nanos = Nanos.of(elapsed());
    return nanos == 0 ? 0 : done() * 1e9 / nanos;
  }

  /**
   * Estimate of the time left, at the mean speed so far.
   *
   * @return empty when the total is unknown or nothing is done yet
   */
  default Optional<Duration> remaining() {
    OptionalLong all = total();
    if (all.isEmpty() || done() == 0) {
      return Optional.empty();
    }
    double nanosEach = (double) Nanos.of(elapsed()) / done();
    return Optional.of(Duration.ofNanos((long) (nanosEach * (all.getAsLong() - done()))));
  }
}

package dev.poolwright.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Times that never overflow. A length of time is zero to {@link #MOST} nanoseconds, whatever was
 * asked for; a point in time is one of {@link System#nanoTime}, whose differences alone mean
 * anything.
 */
public final class Nanos {

  /** The longest time, 146 years: half the range, so that no difference of two points overflows. */
  public static final long MOST = Long.MAX_VALUE >> 1;

  private Nanos() {}

  /**
   * The length of a duration.
   *
   * @param duration any; less than zero counts as zero
   * @return in nanoseconds
   */
  public static long of(Duration duration) {
    return bounded(TimeUnit.NANOSECONDS.convert(duration));
  }

  /**
   * The length of a time.
   *
   * @param time any; less than zero counts as zero
   * @param unit its unit
   * @return in nanoseconds
   */
  public static long of(long time, TimeUnit unit) {
    return bounded(unit.toNanos(time));
  }

  /**
   * The length of a duration in whole milliseconds, one at least unless it is zero.
   *
   * @param duration any; less than zero counts as zero
   * @return in milliseconds
   */
  public static long millis(Duration duration) {
    long nanos = of(duration);
    return nanos == 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /**
   * The point in time that lies so far ahead.
   *
   * @param nanos any; less than zero counts as zero
   * @return as {@link System#nanoTime} counts
   */
  public static long deadline(long nanos) {
    return System.nanoTime() + bounded(nanos);
  }

  /**
   * How far ahead a point in time lies.
   *
   * @param deadline made by {@link #deadline}
   * @return zero or less once it has passed
   */
  public static long left(long deadline) {
    return deadline - System.nanoTime();
  }

  static long bounded(long nanos) {
    return Math.max(0, Math.min(nanos, MOST));
  }
}

package dev.poolwright.internal.life;

import java.time.Duration;

/**
 * What code says of the exit of the JVM.
 *
 * @param isHooked whether the pools end when the JVM exits; otherwise whoever owns them sees to
 *     that
 * @param grace how long that end waits for accepted tasks; a system property is stronger
 */
public record ExitPlan(boolean isHooked, Duration grace) {

  /** Ends the pools at once. */
  public static final ExitPlan DEFAULT = new ExitPlan(true, Duration.ZERO);
}

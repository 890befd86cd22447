package dev.poolwright.samples;

import java.time.Duration;
import java.util.Locale;

/** Measures a run and compares it with what is possible. */
final class Stopwatch {

  private final long startNanos = System.nanoTime();

  /**
   * The time that has passed against the ideal.
   *
   * @param tasks how many there were
   * @param workers most that ran at once
   * @param each how long one took
   * @return one line
   */
  String summary(int tasks, int workers, Duration each) {
    long tookMillis = (System.nanoTime() - startNanos) / 1_000_000;
    int rounds = (tasks + workers - 1) / workers;
    return String.format(
        Locale.ROOT,
        "Total %,d ms; ideal %,d ms (%d rounds of %d workers); one after another %,d ms.",
        tookMillis,
        each.multipliedBy(rounds).toMillis(),
        rounds,
        workers,
        each.multipliedBy(tasks).toMillis());
  }
}

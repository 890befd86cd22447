package dev.poolwright.internal.crew;

import dev.poolwright.internal.task.Outcome;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many tasks of a pool ended how. Threads count in different cache lines; unlike a {@code
 * LongAdder} it allocates nothing when it counts, so that no end is lost where the heap is full.
 */
@SuppressWarnings("EnumOrdinal") // A place in a line, never kept.
public final class OutcomeCounts {

  private static final int STRIPES = 8;
  private static final int LONGS_OF_A_LINE = 8;

  private final AtomicLongArray counts = new AtomicLongArray(STRIPES * LONGS_OF_A_LINE);

  public void add(Outcome outcome) {
    int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
    counts.getAndIncrement(stripe * LONGS_OF_A_LINE + outcome.ordinal());
  }

  private long sum(Outcome outcome) {
    long sum = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      sum += counts.get(stripe * LONGS_OF_A_LINE + outcome.ordinal());
    }
    return sum;
  }

  public long succeeded() {
    return sum(Outcome.SUCCEEDED);
  }

  public long failed() {
    return sum(Outcome.FAILED);
  }

  public long cancelled() {
    return sum(Outcome.CANCELLED);
  }
}

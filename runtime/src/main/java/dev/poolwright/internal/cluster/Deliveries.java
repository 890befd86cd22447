package dev.poolwright.internal.cluster;

import java.util.BitSet;

/**
 * The deliveries of one caller that were seen, so that none is taken twice. They come in nearly the
 * order in which they were counted; one that comes very late is taken for one that was seen.
 *
 * <p><b>Threads:</b> confined to whoever holds the lock of {@link Admissions}.
 */
final class Deliveries {
  /** How late one may come. */
  private static final int WINDOW = 1 << 16;

  private final BitSet seen = new BitSet();
  private long highest;

  /** Whether a delivery is new; it is no longer, then. */
  boolean isNew(long delivery) {
    if (delivery <= 0 || delivery <= highest - WINDOW) {
      return false;
    }
    if (delivery > highest) {
      forget(highest + 1, delivery);
      highest = delivery;
    } else if (seen.get(place(delivery))) {
      return false;
    }
    seen.set(place(delivery));
    return true;
  }

  /** The places of those that nobody has seen yet were those of older ones. */
  private void forget(long from, long to) {
    if (to - from >= WINDOW) {
      seen.clear();
      return;
    }
    for (long each = from; each <= to; each++) {
      seen.clear(place(each));
    }
  }

  private static int place(long delivery) {
    return (int) (delivery & (WINDOW - 1));
  }
}

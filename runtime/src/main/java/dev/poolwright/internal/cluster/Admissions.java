package dev.poolwright.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a node takes: so many for each pool as it has places, and as many again that wait for
 * one; of that each caller gets its share, so that who asks often does not get more.
 *
 * <p>A call that has a time limit takes a place at once or not at all, because its limit counts
 * from when it was sent.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Admissions {
  /** A caller that has not asked for so long has no share any more. */
  private static final long ACTIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What becomes of an envelope. */
  enum Verdict {
    TAKEN,
    BUSY,
    LEAVING,
    REPEATED,
    UNKNOWN
  }

  private static final class PoolPlaces {
    final int places;
    int taken;
    final Map<String, Share> shares = new HashMap<>();

    PoolPlaces(int places) {
      this.places = places;
    }

    /** How many callers are there, the one who asks included. */
    int callers(String caller, long now) {
      int others = 0;
      for (Map.Entry<String, Share> each : shares.entrySet()) {
        Share share = each.getValue();
        if (!each.getKey().equals(caller)
            && (share.taken > 0 || now - share.askedNanos < ACTIVE_NANOS)) {
          others++;
        }
      }
      return others + 1;
    }
  }

  private static final class Share {
    int taken;
    long askedNanos;
  }

  @GuardedBy("this")
  private final Map<String, PoolPlaces> pools = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, Deliveries> deliveries = new HashMap<>();

  @GuardedBy("this")
  private boolean isLeaving;

  @GuardedBy("this")
  private int taken;

  Admissions(Map<String, Integer> places) {
    places.forEach((pool, count) -> pools.put(pool, new PoolPlaces(count)));
  }

  /**
   * Asks for a place.
   *
   * @param isLimited whether the calls have a time limit
   * @param now of the clock
   */
  synchronized Verdict take(
      String pool, String caller, long delivery, boolean isLimited, long now) {
    PoolPlaces asked = pools.get(pool);
    if (asked == null) {
      return Verdict.UNKNOWN;
    }
    if (!deliveries.computeIfAbsent(caller, any -> new Deliveries()).isNew(delivery)) {
      return Verdict.REPEATED;
    }
    if (isLeaving) {
      return Verdict.LEAVING;
    }
    Share share = asked.shares.computeIfAbsent(caller, any -> new Share());
    share.askedNanos = now;
    int most = isLimited ? asked.places : 2 * asked.places;
    int own = Math.max(1, most / asked.callers(caller, now));
    if (asked.taken >= most || share.taken >= own) {
      return Verdict.BUSY;
    }
    asked.taken++;
    share.taken++;
    taken++;
    return Verdict.TAKEN;
  }

  /** What was taken has its answer. */
  synchronized void done(String pool, String caller) {
    PoolPlaces asked = pools.get(pool);
    Share share = asked == null ? null : asked.shares.get(caller);
    if (asked != null) {
      asked.taken--;
    }
    if (asked != null && share != null && --share.taken == 0 && !deliveries.containsKey(caller)) {
      asked.shares.remove(caller); // It has left meanwhile.
    }
    taken--;
    notifyAll();
  }

  /** Nothing more comes from a caller; what it has taken stays taken until it is done. */
  synchronized void left(String caller) {
    deliveries.remove(caller);
    for (PoolPlaces each : pools.values()) {
      @Nullable Share share = each.shares.get(caller);
      if (share != null && share.taken == 0) {
        each.shares.remove(caller);
      }
    }
  }

  /** Takes nothing from here on. */
  synchronized void refuse() {
    isLeaving = true;
  }

  /** Waits until all that was taken is done. */
  synchronized void awaitNone() throws InterruptedException {
    while (taken > 0) {
      wait();
    }
  }
}

package dev.poolwright.spring;

import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import java.util.Map;
import java.util.TreeMap;

/**
 * How pools are, for a health indicator.
 *
 * @param isUp whether none is broken
 * @param details a phrase for each pool, by its name
 */
record PoolStates(boolean isUp, Map<String, String> details) {

  static PoolStates of(Pools pools) {
    boolean isUp = true;
    Map<String, String> details = new TreeMap<>();
    for (String name : pools.names()) {
      PoolStats stats = pools.pool(name).stats();
      isUp &= stats.broken() == null;
      details.put(name, phrase(stats));
    }
    return new PoolStates(isUp, details);
  }

  private static String phrase(PoolStats stats) {
    String broken = stats.broken();
    if (broken != null) {
      return broken;
    }
    return String.format(
        "%s%d of %d workers busy, %d of %d places in the queue taken",
        stats.isSaturated() ? "saturated: " : "",
        stats.running(),
        stats.maxWorkers(),
        stats.queued(),
        stats.queueCapacity());
  }
}

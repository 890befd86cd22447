package dev.poolwright.internal.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The system properties that speak of pools, {@code poolwright.pools.<pool>.<key>}, not yet read.
 *
 * <p><b>Shape:</b> immutable. A pool's name may have dots, a key has none.
 */
final class PoolProperties {

  private static final String PREFIX = "poolwright.pools.";

  private final SortedMap<String, SortedMap<String, String>> textsByPool = new TreeMap<>();
  private final List<String> nameless = new ArrayList<>();

  PoolProperties(Properties properties) {
    for (String property : properties.stringPropertyNames()) {
      if (property.startsWith(PREFIX)) {
        add(property.substring(PREFIX.length()), properties.getProperty(property, ""));
      }
    }
    Collections.sort(nameless);
  }

  private void add(String poolAndKey, String text) {
    int dot = poolAndKey.lastIndexOf('.');
    if (dot <= 0) {
      nameless.add(PREFIX + poolAndKey);
      return;
    }
    textsByPool
        .computeIfAbsent(poolAndKey.substring(0, dot), pool -> new TreeMap<>())
        .put(poolAndKey.substring(dot + 1), text);
  }

  /** The whole name of a property. */
  static String name(String pool, String key) {
    return PREFIX + pool + '.' + key;
  }

  /** What the properties say of one pool: texts by key, in order of the keys. */
  Map<String, String> of(String pool) {
    return Collections.unmodifiableMap(textsByPool.getOrDefault(pool, new TreeMap<>()));
  }

  /**
   * Finds the properties that belong to no pool.
   *
   * @param pools the names there are, in order
   * @return one text for each, in order; empty when all is well
   */
  List<String> mistakes(Collection<String> pools) {
    List<String> mistakes = new ArrayList<>();
    for (String property : nameless) {
      mistakes.add(
          "system property " + property + " names no pool; write " + PREFIX + "<pool>.<setting>");
    }
    textsByPool.forEach(
        (pool, texts) -> {
          if (!pools.contains(pool)) {
            for (String key : texts.keySet()) {
              mistakes.add(
                  String.format(
                      "system property %s is for pool \"%s\", which nothing declares; %s",
                      name(pool, key), pool, KnownNames.among(pool, pools)));
            }
          }
        });
    return mistakes;
  }
}

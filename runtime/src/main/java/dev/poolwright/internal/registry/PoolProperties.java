package dev.poolwright.internal.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties that speak of pools, {@code poolwright.pools.<pool>.<key>}, not yet read: those of
 * each source, and above them the system's. Of one name the strongest alone counts.
 *
 * <p>A pool's name may have dots, a key has none.
 */
final class PoolProperties {

  private static final String STANDARD_KIND = "poolwright.kind";

  private final SortedMap<String, SortedMap<String, PoolProperty>> byPool = new TreeMap<>();
  private final SortedMap<String, PoolProperty> nameless = new TreeMap<>();
  private @Nullable PoolProperty standardKind;

  /** Adds a source that is stronger than those before it. */
  PoolProperties add(String source, Map<String, String> texts) {
    texts.forEach((name, text) -> add(name, text, source));
    return this;
  }

  /** Adds the strongest. */
  PoolProperties addSystem(Properties properties) {
    for (String name : properties.stringPropertyNames()) {
      add(name, properties.getProperty(name, ""), null);
    }
    return this;
  }

  private void add(String name, String text, @Nullable String source) {
    if (name.equals(STANDARD_KIND)) {
      standardKind = new PoolProperty(name, "", "kind", text, source);
    }
    if (!name.startsWith(PoolProperty.PREFIX)) {
      return;
    }
    String poolAndKey = name.substring(PoolProperty.PREFIX.length());
    int dot = poolAndKey.lastIndexOf('.');
    if (dot <= 0) {
      nameless.put(poolAndKey, new PoolProperty(name, "", poolAndKey, text, source));
      return;
    }
    String pool = poolAndKey.substring(0, dot);
    String key = poolAndKey.substring(dot + 1);
    byPool
        .computeIfAbsent(pool, none -> new TreeMap<>())
        .put(key, new PoolProperty(name, pool, key, text, source));
  }

  /** The kind of pools whose kind nothing else gives; null for threads. */
  @Nullable PoolProperty standardKind() {
    return standardKind;
  }

  /** What the properties say of one pool, in order of the keys. */
  Collection<PoolProperty> of(String pool) {
    return Collections.unmodifiableCollection(byPool.getOrDefault(pool, new TreeMap<>()).values());
  }

  /**
   * Finds the properties that belong to no pool.
   *
   * @param pools the names there are, in order
   * @return one text for each, in order; empty when all is well
   */
  List<String> mistakes(Collection<String> pools) {
    List<String> mistakes = new ArrayList<>();
    for (PoolProperty property : nameless.values()) {
      mistakes.add(
          property.subject() + " names no pool; write " + PoolProperty.PREFIX + "<pool>.<setting>");
    }
    for (String pool : byPool.keySet()) {
      for (PoolProperty property : pools.contains(pool) ? List.<PoolProperty>of() : of(pool)) {
        mistakes.add(
            String.format(
                "%s is for pool \"%s\", which nothing declares; %s",
                property.subject(), pool, KnownNames.among(pool, pools)));
      }
    }
    return mistakes;
  }
}

package dev.poolwright.internal.registry;

import org.jspecify.annotations.Nullable;

/**
 * One property that speaks of a pool, not yet read, and who gave it.
 *
 * @param name the whole name of the property
 * @param pool may have dots; empty when the property names no pool
 * @param key the last part of the name
 * @param text the value
 * @param source as it reads after "in": {@code application.yml}; null for a system property
 */
record PoolProperty(String name, String pool, String key, String text, @Nullable String source) {

  static final String PREFIX = "poolwright.pools.";

  /** As the beginning of a sentence: {@code system property poolwright.pools.io.prestart}. */
  String subject() {
    return source == null ? "system property " + name : "property " + name + in();
  }

  /** As it reads after "by": {@code -Dpoolwright.pools.io.prestart=2}. */
  String given() {
    return dash() + name + '=' + text + in();
  }

  /** How another property of the pool is given in the same place. */
  String assignment(String otherKey, String value) {
    return dash() + PREFIX + pool + '.' + otherKey + '=' + value;
  }

  private String dash() {
    return source == null ? "-D" : "";
  }

  private String in() {
    return source == null ? "" : " in " + source;
  }
}

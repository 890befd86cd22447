package dev.poolwright.internal.registry;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One explicit value of one pool, and who gave it.
 *
 * @param value of the setting's own type, or a {@link PoolKind}
 * @param source as it reads after "by": {@code com.example.Crawler.get(String)}, {@code code} or
 *     {@code -Dpoolwright.pools.io.prestart=2}
 */
record Given(Object value, String source) {

  /** The value as it would stand in a system property. */
  String text() {
    if (value instanceof SaturationPolicy policy) {
      return policy.key();
    }
    if (value instanceof PoolKind kind) {
      return kind.key();
    }
    if (value instanceof List<?> words) {
      return words.stream().map(Object::toString).collect(Collectors.joining(" ", "\"", "\""));
    }
    return value instanceof String text ? "\"" + text + "\"" : value.toString();
  }
}

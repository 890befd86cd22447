package dev.poolwright.processor.model;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;

/**
 * One place that declares a pool.
 *
 * @param pool the pool's name
 * @param use the annotation
 * @param kind what its workers are; empty when the place does not say
 * @param source the place, as {@code "com.example.Crawler.get(String)"}
 */
public record PoolDeclaration(
    String pool, AnnotationUse use, Optional<PoolKind> kind, String source) {

  /** What {@code @Async} says of its own calls, and not of the pool. */
  private static final Set<String> OF_CALLS =
      Set.of(PoolSetting.TIMEOUT.member(), PoolSetting.RETRIES.member());

  /** The names of the explicit settings, in source order. */
  public List<String> settings() {
    return use.given().stream()
        .filter(name -> PoolSetting.ofMember(name).isPresent())
        .filter(name -> !(isAsync() && OF_CALLS.contains(name)))
        .toList();
  }

  /** An explicit setting. */
  public AnnotationValue setting(String name) {
    return use.given(name).orElseThrow();
  }

  public boolean isAsync() {
    return use.is(AnnotationUse.ASYNC);
  }
}

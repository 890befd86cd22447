package dev.poolwright.processor.check;

import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationValue;
import org.jspecify.annotations.Nullable;

/** Finds declarations of one pool whose explicit values differ, and reports both places. */
final class PoolConflicts implements PoolCheck {

  /** One explicit value; the place is the annotation when the value is implied by it. */
  private record Said(PoolDeclaration declaration, String text, @Nullable AnnotationValue value) {}

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (List<PoolDeclaration> declarations : pools.byPool()) {
      TreeSet<String> settings = new TreeSet<>();
      settings.add("kind");
      declarations.forEach(each -> settings.addAll(each.settings()));
      settings.forEach(setting -> check(pools, declarations, setting, problems));
    }
  }

  private static void check(
      DeclaredPools pools, List<PoolDeclaration> declarations, String setting, Problems problems) {
    List<Said> all = declarations.stream().flatMap(each -> said(each, setting).stream()).toList();
    if (all.isEmpty()) {
      return;
    }
    Said first = all.get(0);
    for (Said other : all) {
      if (!isSame(first.text(), other.text())) {
        report(pools, first, other, setting, problems);
        report(pools, other, first, setting, problems);
      }
    }
  }

  private static Optional<Said> said(PoolDeclaration declaration, String setting) {
    if (setting.equals("kind")) {
      return declaration
          .kind()
          .map(
              kind ->
                  new Said(declaration, kind.name(), declaration.use().given("kind").orElse(null)));
    }
    return declaration
        .use()
        .given(setting)
        .filter(value -> declaration.settings().contains(setting))
        .map(value -> new Said(declaration, AnnotationUse.written(value), value));
  }

  private static boolean isSame(String left, String right) {
    return left.equals(right) || isSameDuration(left, right);
  }

  /** Whether both are durations, as {@code "60s"} and {@code "1m"}, of one length. */
  private static boolean isSameDuration(String left, String right) {
    try {
      return DurationText.parse(left.replace("\"", ""))
          .equals(DurationText.parse(right.replace("\"", "")));
    } catch (IllegalArgumentException e) {
      return false; // one is no duration, so they are as different as their texts
    }
  }

  private static void report(
      DeclaredPools pools, Said here, Said other, String setting, Problems problems) {
    if (pools.isHere(here.declaration())) {
      AnnotationUse use = here.declaration().use();
      problems.report(
          DiagnosticId.ASYNC_POOL_CONFLICT,
          use.holder(),
          use.mirror(),
          here.value(),
          here.declaration().pool(),
          setting,
          here.text(),
          other.text(),
          other.declaration().source());
    }
  }
}

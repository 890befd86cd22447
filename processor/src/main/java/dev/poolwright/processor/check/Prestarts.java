package dev.poolwright.processor.check;

import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.read.DeclaredPools;
import dev.poolwright.processor.read.PoolReader;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import javax.lang.model.element.AnnotationValue;

/**
 * Finds pools that would start more workers than they may have, whichever annotations say the two
 * numbers.
 */
final class Prestarts implements PoolCheck {

  @Override
  public void check(DeclaredPools pools, List<AnnotatedType> types, Problems problems) {
    for (List<PoolDeclaration> declarations : pools.byPool()) {
      OptionalLong most =
          declarations.stream()
              .mapToLong(each -> number(each, "maxWorkers"))
              .filter(number -> number > 0) // as many as CPUs are not known here
              .findFirst();
      if (most.isPresent()) {
        declarations.stream()
            .filter(pools::isHere)
            .forEach(each -> check(each, most.getAsLong(), problems));
      }
    }
  }

  private static void check(PoolDeclaration declaration, long most, Problems problems) {
    long prestart = number(declaration, "prestart");
    if (prestart > most
        && prestart <= PoolSetting.PRESTART.range(PoolReader.kindOf(declaration.use())).max()) {
      problems.report(
          DiagnosticId.ASYNC_BAD_NUMBER,
          declaration.use().holder(),
          declaration.use().mirror(),
          declaration.setting("prestart"),
          "prestart",
          String.format(Locale.ROOT, "%,d", prestart),
          String.format(Locale.ROOT, "0 to %,d, its maxWorkers", most));
    }
  }

  private static long number(PoolDeclaration declaration, String setting) {
    return declaration
        .use()
        .given(setting)
        .map(AnnotationValue::getValue)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).longValue())
        .orElse(0L);
  }
}

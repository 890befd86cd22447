package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.read.Sight;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Checks that a catalogue can name the classes which a declaration of a pool names. */
public final class LiteralCheck {

  private final Sight sight;
  private final Problems problems;

  public LiteralCheck(Elements elements, Problems problems) {
    this.sight = new Sight(elements);
    this.problems = problems;
  }

  public void check(AnnotationUse use) {
    for (String setting : use.given()) {
      check(use, setting, use.given(setting).orElseThrow());
    }
  }

  private void check(AnnotationUse use, String setting, AnnotationValue value) {
    if (value.getValue() instanceof List<?> values) {
      values.forEach(each -> check(use, setting, (AnnotationValue) each));
    } else if (value.getValue() instanceof TypeMirror type) {
      sight
          .hidden(type, use.holder())
          .ifPresent(
              hidden ->
                  problems.report(
                      DiagnosticId.ASYNC_PRIVATE_TYPE,
                      use.holder(),
                      use.mirror(),
                      value,
                      setting + " of pool \"" + use.text("name") + "\"",
                      SourceNames.type(hidden),
                      ProxyNames.catalogueOf(use.holder()).simpleName()));
    }
  }
}

package dev.poolwright.processor;

import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Checks that a catalogue can name the classes which a declaration of a pool names. */
final class LiteralCheck {

  private final Sight sight;
  private final Diagnostics diagnostics;

  LiteralCheck(Elements elements, Diagnostics diagnostics) {
    this.sight = new Sight(elements);
    this.diagnostics = diagnostics;
  }

  void check(AnnotationUse use) {
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
                  diagnostics.report(
                      DiagnosticId.ASYNC_PRIVATE_TYPE,
                      use.holder(),
                      use.mirror(),
                      value,
                      setting + " of pool \"" + use.text("name") + "\"",
                      SourceNames.type(hidden),
                      CatalogueWriter.catalogueOf(use.holder()).simpleName()));
    }
  }
}

package dev.poolwright.processor;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** Finds annotations of the same name by others, on a class that has ours and on its members. */
final class ForeignAnnotations implements TypeCheck {

  private static final Set<String> OWN = Set.of("Async", "Callback", "ThreadPool", "ProcessPool");
  private static final List<String> OTHERS =
      List.of("org.springframework.", "jakarta.", "javax.", "io.micronaut.");

  @Override
  public void check(AnnotatedType type, Diagnostics diagnostics) {
    check(type.element(), diagnostics);
    type.element().getEnclosedElements().forEach(member -> check(member, diagnostics));
  }

  private static void check(Element element, Diagnostics diagnostics) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String name = mirror.getAnnotationType().toString();
      String simple = name.substring(name.lastIndexOf('.') + 1);
      String own = simple.equals("Asynchronous") ? "Async" : simple;
      if (OWN.contains(own) && OTHERS.stream().anyMatch(name::startsWith)) {
        diagnostics.report(DiagnosticId.ASYNC_WRONG_IMPORT, element, mirror, "@" + name, "@" + own);
      }
    }
  }
}

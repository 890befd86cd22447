package dev.poolwright.processor.check;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** Finds annotations of the same name by others, on a class that has ours and on its members. */
final class ForeignAnnotations implements TypeCheck {

  private static final Set<String> OWN =
      Set.of("Async", "Callback", "ThreadPool", "VirtualPool", "ProcessPool", "ClusterPool");
  private static final List<String> OTHERS =
      List.of("org.springframework.", "jakarta.", "javax.", "io.micronaut.");

  @Override
  public void check(AnnotatedType type, Problems problems) {
    check(type.element(), problems);
    type.element().getEnclosedElements().forEach(member -> check(member, problems));
  }

  private static void check(Element element, Problems problems) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String name = mirror.getAnnotationType().toString();
      String simple = name.substring(name.lastIndexOf('.') + 1);
      String own = simple.equals("Asynchronous") ? "Async" : simple;
      if (OWN.contains(own) && OTHERS.stream().anyMatch(name::startsWith)) {
        problems.report(DiagnosticId.ASYNC_WRONG_IMPORT, element, mirror, "@" + name, "@" + own);
      }
    }
  }
}

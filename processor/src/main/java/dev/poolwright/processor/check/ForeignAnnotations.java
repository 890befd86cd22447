package dev.poolwright.processor.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** Finds annotations of the same name by others, on a class that has ours and on its members. */
final class ForeignAnnotations implements TypeCheck {

  private static final Set<String> OWN =
      Stream.concat(AnnotationUse.OF_METHODS.stream(), AnnotationUse.POOLS.keySet().stream())
          .map(ForeignAnnotations::simple)
          .collect(toUnmodifiableSet());
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
      String own = name.endsWith(".Asynchronous") ? "Async" : simple(name);
      if (OWN.contains(own) && OTHERS.stream().anyMatch(name::startsWith)) {
        problems.report(DiagnosticId.ASYNC_WRONG_IMPORT, element, mirror, "@" + name, "@" + own);
      }
    }
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

package dev.poolwright.processor.read;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Tells the classes that Lombok writes constructors, methods or modifiers into. It may run after
 * us, and then shows them in the next round only, which it always asks for.
 */
public final class Lombok {

  private Lombok() {}

  /** Whether a class, a member of it or a class around it has one of its annotations. */
  public static boolean mayChange(TypeElement type) {
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      if (hasAnnotation(at) || at.getEnclosedElements().stream().anyMatch(Lombok::hasAnnotation)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAnnotation(Element element) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(each -> each.getAnnotationType().toString().startsWith("lombok."));
  }
}

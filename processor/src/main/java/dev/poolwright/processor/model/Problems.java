package dev.poolwright.processor.model;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** The mistakes that reading and checking find, in the order of finding. Confined to one thread. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Begins with none. */
  public Problems() {}

  /** What was found since the last call. */
  public List<Problem> taken() {
    List<Problem> taken = List.copyOf(found);
    found.clear();
    return taken;
  }

  /** Adds one at an element; arguments as {@link DiagnosticId#text} takes them. */
  public void report(DiagnosticId id, Element element, Object... arguments) {
    report(id, element, null, null, arguments);
  }

  /** Adds one at an annotation of an element. */
  public void report(
      DiagnosticId id, Element element, AnnotationMirror mirror, Object... arguments) {
    report(id, element, mirror, null, arguments);
  }

  /** Adds one at the narrowest place that is given, as {@link Problem} has it. */
  public void report(
      DiagnosticId id,
      Element element,
      @Nullable AnnotationMirror mirror,
      @Nullable AnnotationValue value,
      Object... arguments) {
    found.add(new Problem(id, element, mirror, value, List.of(arguments)));
  }
}

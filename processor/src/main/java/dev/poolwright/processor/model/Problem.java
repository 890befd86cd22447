package dev.poolwright.processor.model;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * One mistake of the user, and the narrowest place that has it.
 *
 * @param id what is wrong
 * @param element what has it; its {@code @SuppressWarnings} and those around it count
 * @param mirror an annotation on the element, or null
 * @param value a value of the annotation, or null; only with a mirror
 * @param arguments as {@link DiagnosticId#text} takes them
 */
public record Problem(
    DiagnosticId id,
    Element element,
    @Nullable AnnotationMirror mirror,
    @Nullable AnnotationValue value,
    List<Object> arguments) {

  /** Copies the arguments. */
  public Problem {
    arguments = List.copyOf(arguments);
  }
}

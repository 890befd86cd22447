package dev.poolwright.processor.model;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/**
 * One {@code @Callback} method.
 *
 * @param element the method, maybe of a supertype
 * @param type its signature as a member of the annotated type
 * @param use its {@code @Callback}
 * @param isAsync whether it is submitted itself
 */
public record CallbackMethod(
    ExecutableElement element, ExecutableType type, AnnotationUse use, boolean isAsync) {

  /** As {@code "save(Page)"}. */
  public String signature() {
    return SourceNames.method(element);
  }

  /** The method it names, as {@code "get"} or {@code "get(String)"}; empty when it is bare. */
  public String wanted() {
    return use.text("value");
  }

  public boolean isBare() {
    return wanted().isBlank();
  }

  public boolean isStatic() {
    return element.getModifiers().contains(Modifier.STATIC);
  }

  public List<? extends TypeMirror> parameterTypes() {
    return type.getParameterTypes();
  }
}

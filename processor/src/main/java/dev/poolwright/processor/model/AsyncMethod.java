package dev.poolwright.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/**
 * One method that a proxy submits.
 *
 * @param element the method, maybe of a supertype
 * @param type its signature as a member of the annotated type
 * @param use the {@code @Async} that holds for it: its own, its type's, or an overridden method's
 * @param result what its task gives: boxed, {@code Void} for void, of a stage its own result
 * @param isStage whether it returns a {@code CompletionStage}
 */
public record AsyncMethod(
    ExecutableElement element,
    ExecutableType type,
    AnnotationUse use,
    TypeMirror result,
    boolean isStage) {

  /** As {@code "get(String)"}. */
  public String signature() {
    return SourceNames.method(element);
  }

  public String name() {
    return element.getSimpleName().toString();
  }

  public String pool() {
    return use.text("pool");
  }

  /** The time limit as written; empty for none. */
  public String timeout() {
    return use.text("timeout");
  }

  /** How often a call is run again, as written; empty to leave it to the pool. */
  public Optional<Object> retries() {
    return use.given("retries").map(AnnotationValue::getValue);
  }

  /** The name of the batch method as written; empty for the usual one. */
  public String batch() {
    return use.text("batch");
  }

  public boolean isStatic() {
    return element.getModifiers().contains(Modifier.STATIC);
  }

  public List<? extends VariableElement> parameters() {
    return element.getParameters();
  }

  /** Whether it has type parameters that its result may name. */
  public boolean isGeneric() {
    return !element.getTypeParameters().isEmpty();
  }
}

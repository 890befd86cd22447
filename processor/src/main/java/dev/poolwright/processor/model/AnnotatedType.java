package dev.poolwright.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * One class with its {@code @Async} methods and callbacks: those that a proxy can call. What cannot
 * be called was reported when it was read, and is left out.
 *
 * @param element the class
 * @param methods in source order, inherited ones after the class's own
 * @param callbacks in declaration order for each method
 * @param needsTarget whether the proxy holds an instance
 * @param isMakeable whether the proxy can call a constructor without parameters
 */
public record AnnotatedType(
    TypeElement element,
    List<AsyncMethod> methods,
    List<CallbackMatch> callbacks,
    boolean needsTarget,
    boolean isMakeable) {

  public ClassName name() {
    return ClassName.get(element);
  }

  public ClassName proxy() {
    return ProxyNames.proxyOf(element);
  }

  /** The callbacks of one method, in declaration order. */
  public List<CallbackMatch> callbacksOf(AsyncMethod method) {
    return callbacks.stream().filter(match -> match.method().equals(method)).toList();
  }
}

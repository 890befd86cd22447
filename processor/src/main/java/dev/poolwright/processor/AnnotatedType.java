package dev.poolwright.processor;

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
record AnnotatedType(
    TypeElement element,
    List<AsyncMethod> methods,
    List<CallbackMatch> callbacks,
    boolean needsTarget,
    boolean isMakeable) {

  ClassName name() {
    return ClassName.get(element);
  }

  ClassName proxy() {
    return proxyOf(element);
  }

  /** The callbacks of one method, in declaration order. */
  List<CallbackMatch> callbacksOf(AsyncMethod method) {
    return callbacks.stream().filter(match -> match.method().equals(method)).toList();
  }

  /** The proxy's name: {@code AsyncOuter_Inner} for {@code Outer.Inner}. */
  static ClassName proxyOf(TypeElement type) {
    ClassName name = ClassName.get(type);
    return ClassName.get(name.packageName(), "Async" + String.join("_", name.simpleNames()));
  }
}

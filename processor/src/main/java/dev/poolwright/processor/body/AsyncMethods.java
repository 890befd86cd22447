package dev.poolwright.processor.body;

import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the {@code @Async} method that a called method is, or that a proxy's method submits. */
final class AsyncMethods {

  private static final String TASK = RuntimeNames.TASK.canonicalName();
  private static final String BATCH = RuntimeNames.BATCH.canonicalName();

  private final Elements elements;
  private final Types types;
  private final Function<TypeElement, List<SubmittedMethod>> reader;
  private final Map<TypeElement, List<SubmittedMethod>> known = new HashMap<>();

  /** Finds methods by what the reader knows of a class. */
  AsyncMethods(
      Elements elements, Types types, Function<TypeElement, List<SubmittedMethod>> reader) {
    this.elements = elements;
    this.types = types;
    this.reader = reader;
  }

  private List<SubmittedMethod> of(TypeElement type) {
    List<SubmittedMethod> found = known.get(type);
    if (found == null) {
      found = reader.apply(type);
      known.put(type, found);
    }
    return found;
  }

  /** The method itself, when it is {@code @Async}. */
  Optional<SubmittedMethod> direct(ExecutableElement method) {
    return method.getEnclosingElement() instanceof TypeElement type
        ? of(type).stream().filter(each -> each.method().equals(method)).findFirst()
        : Optional.empty();
  }

  /** Whether a class is another or extends it. */
  boolean isBelow(TypeElement type, TypeElement above) {
    return types.isSubtype(types.erasure(type.asType()), types.erasure(above.asType()));
  }

  /** The method that a proxy's method submits, one at a time or many. */
  Optional<SubmittedMethod> submitted(ExecutableElement proxyMethod) {
    String handle = erasure(proxyMethod.getReturnType());
    if (!(proxyMethod.getEnclosingElement() instanceof TypeElement proxy)
        || !(handle.equals(TASK) || handle.equals(BATCH))) {
      return Optional.empty();
    }
    return proxied(proxy)
        .flatMap(
            type ->
                of(type).stream()
                    .filter(
                        handle.equals(BATCH)
                            ? each -> isBatch(each, proxyMethod)
                            : each -> isSingle(each, proxyMethod))
                    .findFirst());
  }

  /** The type whose proxy this is. */
  private Optional<TypeElement> proxied(TypeElement proxy) {
    if (!(proxy.getEnclosingElement() instanceof PackageElement home)) {
      return Optional.empty();
    }
    String simple = proxy.getSimpleName().toString();
    return ProxyNames.proxied(home.getQualifiedName().toString(), simple).stream()
        .map(elements::getTypeElement)
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private static boolean isBatch(SubmittedMethod method, ExecutableElement proxyMethod) {
    return method
        .batch()
        .filter(name -> proxyMethod.getSimpleName().contentEquals(name))
        .isPresent();
  }

  private boolean isSingle(SubmittedMethod method, ExecutableElement proxyMethod) {
    return method.method().getSimpleName().equals(proxyMethod.getSimpleName())
        && parameters(method.method()).equals(parameters(proxyMethod));
  }

  private List<String> parameters(ExecutableElement method) {
    return method.getParameters().stream().map(one -> erasure(one.asType())).toList();
  }

  private String erasure(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return types.asElement(erased) instanceof TypeElement element
        ? element.getQualifiedName().toString()
        : erased.toString();
  }
}

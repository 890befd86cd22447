package dev.poolwright.processor.body;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the {@code @Async} method that a called method is, or that a proxy's method submits. */
final class AsyncMethods {

  private static final String ASYNC = "dev.poolwright.annotation.Async";
  private static final String CALLBACK = "dev.poolwright.annotation.Callback";
  private static final String PREFIX = "Async";
  private static final Set<String> HANDLES = Set.of("dev.poolwright.Task", "dev.poolwright.Batch");

  private final Elements elements;
  private final Types types;

  AsyncMethods(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** The method itself, when it is {@code @Async} by its own annotation or its type's. */
  Optional<AsyncMethod> direct(ExecutableElement method) {
    if (!(method.getEnclosingElement() instanceof TypeElement type)) {
      return Optional.empty();
    }
    Optional<AnnotationMirror> own = annotation(method, ASYNC);
    return own.or(() -> annotation(type, ASYNC).filter(mirror -> isCovered(type, method)))
        .map(mirror -> new AsyncMethod(type, method, text(mirror, "pool", "default")));
  }

  /** The method that a proxy's method submits, one at a time or many. */
  Optional<AsyncMethod> submitted(ExecutableElement proxyMethod) {
    if (!(proxyMethod.getEnclosingElement() instanceof TypeElement proxy)
        || !HANDLES.contains(erasure(proxyMethod.getReturnType()))) {
      return Optional.empty();
    }
    return proxied(proxy)
        .flatMap(
            type ->
                ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                    .filter(method -> isSubmittedBy(method, proxyMethod))
                    .flatMap(method -> direct(method).stream())
                    .map(found -> new AsyncMethod(type, found.method(), found.pool()))
                    .findFirst());
  }

  /** Whether a callback takes the outcome of the method. */
  boolean hasCallback(AsyncMethod async) {
    return ElementFilter.methodsIn(elements.getAllMembers(async.type())).stream()
        .anyMatch(
            method ->
                annotation(method, CALLBACK)
                    .filter(mirror -> isCallbackOf(text(mirror, "value", ""), method, async))
                    .isPresent());
  }

  private boolean isCallbackOf(String name, ExecutableElement callback, AsyncMethod async) {
    if (!name.isEmpty()) {
      return name.split("\\(", 2)[0].strip().contentEquals(async.method().getSimpleName());
    }
    List<? extends VariableElement> parameters = callback.getParameters();
    if (parameters.isEmpty()) {
      return false;
    }
    String first = erasure(parameters.get(0).asType());
    return first.equals(erasure(async.method().getReturnType()))
        || first.equals("java.lang.Throwable")
        || first.equals("dev.poolwright.Task");
  }

  /**
   * The type whose proxy this is: its name without the prefix, nested names joined by {@code _}.
   */
  private Optional<TypeElement> proxied(TypeElement proxy) {
    String simple = proxy.getSimpleName().toString();
    if (!simple.startsWith(PREFIX) || !(proxy.getEnclosingElement() instanceof PackageElement)) {
      return Optional.empty();
    }
    String name = simple.substring(PREFIX.length());
    String scope = elements.getPackageOf(proxy).getQualifiedName().toString();
    String prefix = scope.isEmpty() ? "" : scope + ".";
    return Stream.of(name, name.replace('_', '.'))
        .distinct()
        .map(candidate -> elements.getTypeElement(prefix + candidate))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private boolean isSubmittedBy(ExecutableElement method, ExecutableElement proxyMethod) {
    boolean isBatch = erasure(proxyMethod.getReturnType()).equals("dev.poolwright.Batch");
    if (isBatch) {
      return proxyMethod.getSimpleName().contentEquals(batchName(method));
    }
    return method.getSimpleName().equals(proxyMethod.getSimpleName())
        && parameters(method).equals(parameters(proxyMethod));
  }

  private static String batchName(ExecutableElement method) {
    String given = annotation(method, ASYNC).map(mirror -> text(mirror, "batch", "")).orElse("");
    return given.isEmpty() ? method.getSimpleName() + "All" : given;
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

  /** What an annotation on the type stands for. */
  private boolean isCovered(TypeElement type, ExecutableElement method) {
    return method.getKind() == ElementKind.METHOD
        && !method.getModifiers().contains(Modifier.PRIVATE)
        && annotation(method, CALLBACK).isEmpty()
        && !method.getSimpleName().contentEquals("main")
        && !isAccessor(type, method)
        && !isOfObject(method);
  }

  private static boolean isAccessor(TypeElement type, ExecutableElement method) {
    return method.getParameters().isEmpty()
        && type.getRecordComponents().stream()
            .anyMatch(part -> part.getSimpleName().equals(method.getSimpleName()));
  }

  private boolean isOfObject(ExecutableElement method) {
    TypeElement object = elements.getTypeElement("java.lang.Object");
    return ElementFilter.methodsIn(object.getEnclosedElements()).stream()
        .anyMatch(
            one ->
                one.getSimpleName().equals(method.getSimpleName())
                    && parameters(one).equals(parameters(method)));
  }

  private static Optional<AnnotationMirror> annotation(Element element, String name) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> mirror.getAnnotationType().toString().equals(name))
        .<AnnotationMirror>map(mirror -> mirror)
        .findFirst();
  }

  private static String text(AnnotationMirror mirror, String name, String otherwise) {
    return mirror.getElementValues().entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(name))
        .map(entry -> String.valueOf(entry.getValue().getValue()))
        .findFirst()
        .orElse(otherwise);
  }
}

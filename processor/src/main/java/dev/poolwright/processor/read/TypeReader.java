package dev.poolwright.processor.read;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.CallbackMatch;
import dev.poolwright.processor.model.CallbackMethod;
import dev.poolwright.processor.model.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a class into an {@link AnnotatedType}, and reports what no proxy can call. */
public final class TypeReader {

  private final Types types;
  private final Elements elements;
  private final Members members;
  private final Admission admission;
  private final CallbackMatcher matcher;

  public TypeReader(Types types, Elements elements, Problems problems) {
    this.types = types;
    this.elements = elements;
    this.members = new Members(types, elements);
    this.admission = new Admission(elements, problems);
    this.matcher = new CallbackMatcher(types, elements, problems);
  }

  /** Whether everything that a proxy of the class would name exists. */
  public boolean isComplete(TypeElement type, Unresolved unresolved) {
    return !unresolved.in(types.directSupertypes(type.asType()))
        && type.getTypeParameters().stream().noneMatch(each -> unresolved.in(each.getBounds()))
        && members.of(type).stream()
            .filter(
                method -> members.asyncOf(method, type).isPresent() || Members.isCallback(method))
            .noneMatch(unresolved::in);
  }

  /**
   * Reads a class.
   *
   * @param type has {@code @Async} or {@code @Callback} on itself or on a method
   * @param unresolved finds the methods to leave out: the compiler reports them itself
   */
  public AnnotatedType read(TypeElement type, Unresolved unresolved) {
    boolean isFree = admission.checkType(type);
    if (!admission.acceptType(type, firstAsync(type)) || !isFree) {
      return new AnnotatedType(type, List.of(), List.of(), false, false);
    }
    List<AsyncMethod> methods = new ArrayList<>();
    List<CallbackMethod> callbacks = new ArrayList<>();
    List<ExecutableElement> leftOut = new ArrayList<>();
    boolean needsTarget = false;
    for (ExecutableElement method : members.of(type)) {
      Optional<AnnotationUse> async = members.asyncOf(method, type);
      needsTarget |= isInstance(method) && (async.isPresent() || Members.isCallback(method));
      boolean isAsync = !unresolved.in(method) && admit(method, async, type, methods);
      if (async.isPresent() && !isAsync) {
        leftOut.add(method);
      }
      if (!unresolved.in(method)) {
        AnnotationUse.find(method, AnnotationUse.CALLBACK)
            .filter(use -> isAsync || admission.acceptCallback(method, type))
            .map(use -> new CallbackMethod(method, member(method, type), use, isAsync))
            .ifPresent(callbacks::add);
      }
    }
    List<CallbackMatch> matches = matcher.match(type, methods, leftOut, callbacks);
    return new AnnotatedType(type, methods, matches, needsTarget, isMakeable(type));
  }

  private Optional<ExecutableElement> firstAsync(TypeElement type) {
    return members.of(type).stream()
        .filter(method -> members.asyncOf(method, type).isPresent())
        .findFirst();
  }

  private boolean admit(
      ExecutableElement method,
      Optional<AnnotationUse> async,
      TypeElement type,
      List<AsyncMethod> admitted) {
    Optional<AsyncMethod> read =
        async
            .map(use -> asyncMethod(method, type, use))
            .filter(each -> admission.accept(each, type));
    read.ifPresent(admitted::add);
    return read.isPresent();
  }

  private AsyncMethod asyncMethod(ExecutableElement method, TypeElement type, AnnotationUse use) {
    ExecutableType signature = member(method, type);
    Optional<TypeMirror> stage = stageResult(signature.getReturnType());
    return new AsyncMethod(
        method,
        signature,
        use,
        stage.orElseGet(() -> boxed(signature.getReturnType())),
        stage.isPresent());
  }

  private ExecutableType member(ExecutableElement method, TypeElement type) {
    return members.memberType(method, type);
  }

  private TypeMirror boxed(TypeMirror type) {
    if (type.getKind() == TypeKind.VOID) {
      return elements.getTypeElement("java.lang.Void").asType();
    }
    return type.getKind().isPrimitive() ? types.boxedClass((PrimitiveType) type).asType() : type;
  }

  /** The result of a stage, when the type is one; of a raw stage Object. */
  private Optional<TypeMirror> stageResult(TypeMirror type) {
    TypeElement stage = elements.getTypeElement("java.util.concurrent.CompletionStage");
    if (type.getKind().isPrimitive()
        || type.getKind() == TypeKind.VOID
        || !types.isSubtype(types.erasure(type), types.erasure(stage.asType()))) {
      return Optional.empty();
    }
    if (type instanceof DeclaredType declared && declared.asElement().equals(stage)) {
      return Optional.of(
          declared.getTypeArguments().isEmpty()
              ? object()
              : widest(declared.getTypeArguments().get(0)));
    }
    return types.directSupertypes(type).stream()
        .flatMap(above -> stageResult(above).stream())
        .findFirst();
  }

  private TypeMirror widest(TypeMirror argument) {
    if (argument instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() == null ? object() : wildcard.getExtendsBound();
    }
    return argument;
  }

  private TypeMirror object() {
    return elements.getTypeElement("java.lang.Object").asType();
  }

  private boolean isMakeable(TypeElement type) {
    return (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
        && !type.getModifiers().contains(Modifier.ABSTRACT)
        && !Admission.isInner(type)
        && ElementFilter.constructorsIn(type.getEnclosedElements()).stream().anyMatch(this::isEasy);
  }

  /** Whether a {@code Callable} can call it, from the same package, without arguments. */
  private boolean isEasy(ExecutableElement constructor) {
    TypeMirror exception = elements.getTypeElement("java.lang.Exception").asType();
    TypeMirror error = elements.getTypeElement("java.lang.Error").asType();
    return constructor.getParameters().isEmpty()
        && !constructor.getModifiers().contains(Modifier.PRIVATE)
        && constructor.getThrownTypes().stream()
            .allMatch(each -> types.isSubtype(each, exception) || types.isSubtype(each, error));
  }

  private static boolean isInstance(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.STATIC);
  }
}

package dev.poolwright.processor.read;

import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.SourceNames;
import dev.poolwright.processor.model.WellFormed;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * Decides whether a proxy can call a method, and reports why not. Of inherited methods nothing is
 * reported: that was done where they are declared.
 */
public final class Admission {

  private static final int MAX_SLOTS = 253;

  private final Sight sight;
  private final Problems problems;

  Admission(Elements elements, Problems problems) {
    this.sight = new Sight(elements);
    this.problems = problems;
  }

  /** Whether a proxy can name the class; reported with the first method that it would submit. */
  boolean acceptType(TypeElement type, Optional<ExecutableElement> method) {
    Optional<TypeElement> hidden = sight.hidden(type, type);
    hidden.ifPresent(
        each ->
            problems.report(
                DiagnosticId.ASYNC_PRIVATE_TYPE,
                type,
                method.map(SourceNames::method).orElse(SourceNames.type(type)),
                SourceNames.type(each),
                nameOf(type)));
    boolean areBoundsVisible = areBoundsVisible(type);
    return hidden.isEmpty() && areBoundsVisible;
  }

  private boolean areBoundsVisible(TypeElement type) {
    boolean areVisible = true;
    for (TypeParameterElement parameter : type.getTypeParameters()) {
      for (TypeMirror bound : parameter.getBounds()) {
        Optional<TypeElement> hidden = sight.hidden(bound, type);
        hidden.ifPresent(
            each ->
                problems.report(
                    DiagnosticId.ASYNC_PRIVATE_TYPE,
                    parameter,
                    SourceNames.type(type),
                    SourceNames.type(each),
                    nameOf(type)));
        areVisible &= hidden.isEmpty();
      }
    }
    return areVisible;
  }

  /** Reports an inner class; false when a proxy would name type parameters that it cannot have. */
  boolean checkType(TypeElement type) {
    if (isInner(type)) {
      problems.report(
          DiagnosticId.ASYNC_INNER_CLASS, type, SourceNames.type(type), "an inner class");
    }
    return !isInGeneric(type);
  }

  private static boolean isInGeneric(TypeElement type) {
    return isInner(type)
        && type.getEnclosingElement() instanceof TypeElement outer
        && (!outer.getTypeParameters().isEmpty() || isInGeneric(outer));
  }

  /** Whether the class has an outer instance. */
  public static boolean isInner(TypeElement type) {
    return type.getKind() == ElementKind.CLASS
        && type.getEnclosingElement() instanceof TypeElement outer
        && !outer.getKind().isInterface()
        && !type.getModifiers().contains(Modifier.STATIC);
  }

  boolean acceptCallback(ExecutableElement method, TypeElement type) {
    return isCallable(method, type) && areVisible(method, type);
  }

  private boolean isCallable(ExecutableElement method, TypeElement type) {
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      report(DiagnosticId.ASYNC_PRIVATE_METHOD, method, method, type, nameOf(type));
      return false;
    }
    if (isSuspend(method)) {
      report(DiagnosticId.ASYNC_SUSPEND, method, method, type);
      return false;
    }
    return true;
  }

  boolean accept(AsyncMethod method, TypeElement type) {
    ExecutableElement element = method.element();
    if (!isCallable(element, type)) {
      return false;
    }
    if (Members.isOfObject(element)) {
      report(DiagnosticId.ASYNC_OBJECT_METHOD, element, element, type);
      return false;
    }
    if (SourceNames.method(element).equals("with(CallOption[])")) {
      report(DiagnosticId.ASYNC_NAME_TAKEN, element, element, type, "the proxy's own method");
      return false;
    }
    int slots = slots(element);
    if (slots > MAX_SLOTS) {
      String name = element.getSimpleName() + "(...)"; // all of them would fill the screen
      reportNamed(DiagnosticId.ASYNC_TOO_MANY_PARAMETERS, element, element, type, name, slots);
      return false;
    }
    if (isUnimplemented(element)) {
      report(DiagnosticId.ASYNC_ABSTRACT, element, element, type, SourceNames.type(type));
    }
    return areVisible(element, type);
  }

  /** Whether it is a suspend function of Kotlin: its last parameter takes what runs on after it. */
  private static boolean isSuspend(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return !parameters.isEmpty()
        && SourceNames.is(
            parameters.get(parameters.size() - 1).asType(), "kotlin.coroutines.Continuation");
  }

  private static int slots(ExecutableElement method) {
    return method.getParameters().stream()
        .map(parameter -> parameter.asType().getKind())
        .mapToInt(kind -> kind == TypeKind.LONG || kind == TypeKind.DOUBLE ? 2 : 1)
        .sum();
  }

  /**
   * An abstract method of a class that does not say who implements it, as enums and sealed classes
   * do; on an interface the proxy's target is what is injected.
   */
  private static boolean isUnimplemented(ExecutableElement method) {
    TypeElement type = Members.typeOf(method);
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && type.getKind() == ElementKind.CLASS
        && type.getPermittedSubclasses().isEmpty();
  }

  private boolean areVisible(ExecutableElement method, TypeElement type) {
    boolean areVisible = true;
    for (VariableElement parameter : method.getParameters()) {
      areVisible &= isVisible(parameter.asType(), parameter, method, type);
    }
    areVisible &= isVisible(method.getReturnType(), method, method, type);
    for (TypeMirror thrown : method.getThrownTypes()) {
      areVisible &= isVisible(thrown, method, method, type);
    }
    for (TypeParameterElement parameter : method.getTypeParameters()) {
      for (TypeMirror bound : parameter.getBounds()) {
        areVisible &= isVisible(bound, parameter, method, type);
      }
    }
    return areVisible;
  }

  private boolean isVisible(
      TypeMirror used, Element place, ExecutableElement method, TypeElement type) {
    Optional<TypeElement> hidden = sight.hidden(used, type);
    hidden.ifPresent(
        each ->
            report(
                DiagnosticId.ASYNC_PRIVATE_TYPE,
                place,
                method,
                type,
                SourceNames.type(each),
                nameOf(type)));
    return hidden.isEmpty();
  }

  private void report(
      DiagnosticId id, Element place, ExecutableElement method, TypeElement type, Object... more) {
    Object[] arguments = new Object[more.length + 1];
    arguments[0] = SourceNames.method(method);
    System.arraycopy(more, 0, arguments, 1, more.length);
    reportNamed(id, place, method, type, arguments);
  }

  private void reportNamed(
      DiagnosticId id,
      Element place,
      ExecutableElement method,
      TypeElement type,
      Object... arguments) {
    if (Members.typeOf(method).equals(type)) {
      problems.report(id, place, arguments);
    }
  }

  /** The proxy's name; an anonymous class, which the body checks read, has none. */
  private static String nameOf(TypeElement type) {
    return WellFormed.is(type) ? ProxyNames.proxyOf(type).simpleName() : "proxy";
  }
}

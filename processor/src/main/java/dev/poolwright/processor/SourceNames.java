package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Types and methods as users write them: without packages, without annotations. */
final class SourceNames {

  private SourceNames() {}

  /** A type, as {@code "Map<String, int[]>"} or {@code "Outer.Nested"}. */
  static String type(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED, ERROR -> declared((DeclaredType) type);
      case ARRAY -> type(((ArrayType) type).getComponentType()) + "[]";
      case TYPEVAR -> ((TypeVariable) type).asElement().getSimpleName().toString();
      case WILDCARD -> wildcard((WildcardType) type);
      case VOID, BOOLEAN, BYTE, SHORT, INT, LONG, CHAR, FLOAT, DOUBLE ->
          type.getKind().name().toLowerCase(java.util.Locale.ROOT);
      default -> type.toString();
    };
  }

  /** A type without its arguments, as {@code "Outer.Nested"}. */
  static String type(TypeElement type) {
    Element around = type.getEnclosingElement();
    String name = type.getSimpleName().toString();
    return around instanceof TypeElement outer ? type(outer) + "." + name : name;
  }

  /** A method, as {@code "get(String, int[])"}, its parameters erased. */
  static String method(ExecutableElement method) {
    return method.getSimpleName()
        + method.getParameters().stream()
            .map(parameter -> withoutArguments(parameter.asType()))
            .collect(joining(", ", "(", ")"));
  }

  private static String withoutArguments(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED -> type((TypeElement) ((DeclaredType) type).asElement());
      case ARRAY -> withoutArguments(((ArrayType) type).getComponentType()) + "[]";
      default -> type(type);
    };
  }

  private static String declared(DeclaredType type) {
    String name = type.asElement() instanceof TypeElement element ? type(element) : type.toString();
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    return arguments.isEmpty()
        ? name
        : name + arguments.stream().map(SourceNames::type).collect(joining(", ", "<", ">"));
  }

  private static String wildcard(WildcardType type) {
    if (type.getExtendsBound() != null) {
      return "? extends " + type(type.getExtendsBound());
    }
    return type.getSuperBound() != null ? "? super " + type(type.getSuperBound()) : "?";
  }
}

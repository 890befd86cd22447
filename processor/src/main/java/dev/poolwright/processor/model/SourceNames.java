package dev.poolwright.processor.model;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Types and methods as users write them: without packages, without annotations. */
public final class SourceNames {

  private SourceNames() {}

  /** A type, as {@code "Map<String, int[]>"} or {@code "Outer.Nested"}. */
  public static String type(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED, ERROR -> declared((DeclaredType) type);
      case ARRAY -> type(((ArrayType) type).getComponentType()) + "[]";
      case TYPEVAR -> variable((TypeVariable) type);
      case WILDCARD -> wildcard((WildcardType) type);
      case VOID, BOOLEAN, BYTE, SHORT, INT, LONG, CHAR, FLOAT, DOUBLE ->
          type.getKind().name().toLowerCase(Locale.ROOT);
      default -> type.toString();
    };
  }

  /** A type without its arguments, as {@code "Outer.Nested"}. */
  public static String type(TypeElement type) {
    Element around = type.getEnclosingElement();
    String name = type.getSimpleName().toString();
    return around instanceof TypeElement outer ? type(outer) + "." + name : name;
  }

  /** A type without packages and arguments as a part of a name, as {@code "MapEntries"}. */
  public static String word(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return Plural.of(word(array.getComponentType()));
    }
    String name = withoutArguments(type);
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String plain = Plural.isAcronym(simple) ? simple.toLowerCase(Locale.ROOT) : simple;
    return Plural.capitalised(plain);
  }

  /** Whether a type is a class of a qualified name, whatever its arguments. */
  public static boolean is(TypeMirror type, String qualified) {
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals(qualified);
  }

  /** A method, as {@code "get(String, int[])"}, its parameters erased. */
  public static String method(ExecutableElement method) {
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

  /** Of a wildcard that the compiler took for some type, the wildcard. */
  private static String variable(TypeVariable type) {
    String name = type.asElement().getSimpleName().toString();
    if (!name.startsWith("<")) {
      return name;
    }
    String bound = type(type.getUpperBound());
    return bound.equals("Object") ? "?" : "? extends " + bound;
  }

  private static String wildcard(WildcardType type) {
    if (type.getExtendsBound() != null) {
      return "? extends " + type(type.getExtendsBound());
    }
    return type.getSuperBound() != null ? "? super " + type(type.getSuperBound()) : "?";
  }
}

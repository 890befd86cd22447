package dev.poolwright.processor.write;

import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** The types that a proxy names because the user's class and methods do. */
final class MentionedTypes {

  private final List<TypeMirror> mirrors = new ArrayList<>();

  MentionedTypes(AnnotatedType type) {
    add(type.element().asType());
    type.element().getTypeParameters().forEach(this::addParameter);
    for (AsyncMethod method : type.methods()) {
      for (TypeVariable each : method.type().getTypeVariables()) {
        mirrors.add(each);
        TypeNames.boundsOf(each).forEach(this::add);
      }
      method.type().getParameterTypes().forEach(this::add);
      method.type().getThrownTypes().forEach(this::add);
      add(method.type().getReturnType());
      add(method.result());
    }
    type.callbacks().forEach(match -> match.callback().parameterTypes().forEach(this::add));
  }

  /** Simple names, those of enclosing types and type parameters too. */
  Set<String> names() {
    return mirrors.stream().flatMap(MentionedTypes::names).collect(Collectors.toSet());
  }

  /** The declared types, without those around them. */
  List<TypeElement> elements() {
    return mirrors.stream()
        .filter(mirror -> mirror.getKind() == TypeKind.DECLARED)
        .map(mirror -> (TypeElement) ((DeclaredType) mirror).asElement())
        .distinct()
        .toList();
  }

  /** A generic type without arguments. */
  Optional<TypeMirror> raw() {
    return mirrors.stream()
        .filter(mirror -> mirror instanceof DeclaredType)
        .filter(
            mirror ->
                ((DeclaredType) mirror).getTypeArguments().isEmpty()
                    && !((TypeElement) ((DeclaredType) mirror).asElement())
                        .getTypeParameters()
                        .isEmpty())
        .findFirst();
  }

  private static Stream<String> names(TypeMirror mirror) {
    if (mirror instanceof TypeVariable variable) {
      return Stream.of(variable.asElement().getSimpleName().toString());
    }
    return mirror instanceof DeclaredType declared
        ? Stream.<Element>iterate(
                declared.asElement(), TypeElement.class::isInstance, Element::getEnclosingElement)
            .map(element -> element.getSimpleName().toString())
        : Stream.of();
  }

  private void addParameter(TypeParameterElement parameter) {
    mirrors.add(parameter.asType());
    parameter.getBounds().forEach(this::add);
  }

  private void add(TypeMirror mirror) {
    switch (mirror.getKind()) {
      case DECLARED -> {
        mirrors.add(mirror);
        ((DeclaredType) mirror).getTypeArguments().forEach(this::add);
      }
      case ARRAY -> add(((ArrayType) mirror).getComponentType());
      case TYPEVAR -> mirrors.add(mirror);
      case WILDCARD -> addBounds((WildcardType) mirror);
      default -> {
        // Primitives and void have no name that could clash.
      }
    }
  }

  private void addBounds(WildcardType wildcard) {
    if (wildcard.getExtendsBound() != null) {
      add(wildcard.getExtendsBound());
    }
    if (wildcard.getSuperBound() != null) {
      add(wildcard.getSuperBound());
    }
  }
}

package dev.poolwright.processor.read;

import dev.poolwright.processor.model.WellFormed;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** Finds types that do not exist, or not yet: another processor may still write them. */
public final class Unresolved {

  private final Set<String> promised;

  /**
   * Looks for unresolved types.
   *
   * @param promised simple names of proxies that are about to be written, and so count as resolved
   */
  public Unresolved(Set<String> promised) {
    this.promised = promised;
  }

  boolean in(ExecutableElement method) {
    return !WellFormed.isNamed(method)
        || !method.getParameters().stream().allMatch(WellFormed::isNamed)
        || in((ExecutableType) method.asType())
        || method.getTypeParameters().stream().anyMatch(parameter -> in(parameter.getBounds()));
  }

  boolean in(ExecutableType type) {
    return in(type.getReturnType()) || in(type.getParameterTypes()) || in(type.getThrownTypes());
  }

  boolean in(List<? extends TypeMirror> types) {
    return types.stream().anyMatch(this::in);
  }

  boolean in(TypeMirror type) {
    return switch (type.getKind()) {
      case ERROR -> !promised.contains(type.toString());
      case DECLARED -> in(((DeclaredType) type).getTypeArguments());
      case ARRAY -> in(((ArrayType) type).getComponentType());
      case WILDCARD -> inBounds((WildcardType) type);
      default -> type.getKind() == TypeKind.OTHER;
    };
  }

  private boolean inBounds(WildcardType type) {
    return (type.getExtendsBound() != null && in(type.getExtendsBound()))
        || (type.getSuperBound() != null && in(type.getSuperBound()));
  }
}

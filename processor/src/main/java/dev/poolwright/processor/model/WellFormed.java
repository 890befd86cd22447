package dev.poolwright.processor.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Tells classes from what only looks like one. Told to go on after errors, as Error Prone wants it,
 * the compiler shows processors classes without a proper name, and such as are above themselves.
 */
public final class WellFormed {

  private WellFormed() {}

  /** Whether a class or package can be read; if not, the compiler says why. */
  public static boolean is(Element element) {
    return SourceVersion.isName(element.toString())
        && !(element instanceof TypeElement type && isBroken(type));
  }

  /** Whether a method, a parameter or a type has a name that can be written. */
  public static boolean isNamed(Element element) {
    return SourceVersion.isName(element.getSimpleName());
  }

  private static boolean isBroken(TypeElement type) {
    return !type.getTypeParameters().stream().allMatch(WellFormed::isNamed)
        || isCyclic(type, new HashSet<>());
  }

  /**
   * Whether a class comes back on a way up from it.
   *
   * @param below the classes on the way so far
   */
  private static boolean isCyclic(TypeElement type, Set<TypeElement> below) {
    if (!below.add(type)) {
      return true;
    }
    for (TypeElement above : above(type)) {
      if (isCyclic(above, below)) {
        return true;
      }
    }
    below.remove(type);
    return false;
  }

  private static List<TypeElement> above(TypeElement type) {
    return Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
        .filter(DeclaredType.class::isInstance)
        .map(WellFormed::elementOf)
        .toList();
  }

  private static TypeElement elementOf(TypeMirror type) {
    return (TypeElement) ((DeclaredType) type).asElement();
  }
}

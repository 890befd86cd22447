package dev.poolwright.processor.read;

import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.SourceNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.Origin;
import javax.lang.model.util.Types;

/**
 * The methods of a class and the {@code @Async} that holds for each: the method's own, else that of
 * the type which declares it, else that of a method it overrides. So an inherited method is
 * asynchronous in an annotated subclass too, also when the subclass overrides it.
 */
public final class Members {

  private static final Set<String> OF_OBJECT = Set.of("toString", "hashCode", "clone", "finalize");

  private final Types types;
  private final Elements elements;

  public Members(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
  }

  /** Its own methods in source order, then those that it inherits and its package can call. */
  List<ExecutableElement> of(TypeElement type) {
    List<ExecutableElement> found =
        new ArrayList<>(ElementFilter.methodsIn(type.getEnclosedElements()));
    for (TypeElement above : lineage(type)) {
      for (ExecutableElement method : ElementFilter.methodsIn(above.getEnclosedElements())) {
        if (isInherited(method, type)
            && found.stream().noneMatch(known -> isReplaced(method, known, type))) {
          found.add(method);
        }
      }
    }
    return found;
  }

  /** Whether the class, one above it, or a method of any of them has an annotation of ours. */
  public boolean isAnnotated(TypeElement type) {
    return hasAnnotation(type) || lineage(type).stream().anyMatch(Members::hasAnnotation);
  }

  private static boolean hasAnnotation(TypeElement type) {
    return AnnotationUse.find(type, AnnotationUse.ASYNC).isPresent()
        || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .anyMatch(
                each ->
                    isCallback(each) || AnnotationUse.find(each, AnnotationUse.ASYNC).isPresent());
  }

  /** The {@code @Async} that holds for a method of a class. */
  Optional<AnnotationUse> asyncOf(ExecutableElement method, TypeElement type) {
    Optional<AnnotationUse> own = ownAsync(method);
    if (own.isPresent() || method.getModifiers().contains(Modifier.STATIC) || isCallback(method)) {
      return own;
    }
    return lineage(type).stream()
        .flatMap(above -> ElementFilter.methodsIn(above.getEnclosedElements()).stream())
        .filter(above -> above != method && elements.overrides(method, above, type))
        .flatMap(above -> ownAsync(above).stream())
        .findFirst();
  }

  /** Its supertypes without Object: superclasses upwards, then interfaces. */
  private Set<TypeElement> lineage(TypeElement type) {
    Set<TypeElement> lineage = new LinkedHashSet<>();
    Set<TypeElement> interfaces = new LinkedHashSet<>();
    for (Element at = type; at instanceof TypeElement each && !isObject(each); ) {
      if (!each.equals(type) && !lineage.add(each)) {
        break; // broken code is above itself
      }
      addInterfaces(each, interfaces);
      at = types.asElement(each.getSuperclass());
      if (type.equals(at)) {
        break;
      }
    }
    lineage.addAll(interfaces);
    return lineage;
  }

  private void addInterfaces(TypeElement type, Set<TypeElement> interfaces) {
    for (TypeMirror each : type.getInterfaces()) {
      if (each.getKind() == TypeKind.DECLARED) {
        TypeElement above = (TypeElement) ((DeclaredType) each).asElement();
        if (interfaces.add(above)) {
          addInterfaces(above, interfaces);
        }
      }
    }
  }

  private static boolean isObject(TypeElement type) {
    return type.getQualifiedName().contentEquals("java.lang.Object");
  }

  private boolean isInherited(ExecutableElement method, TypeElement heir) {
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.STATIC) && typeOf(method).getKind().isInterface()) {
      return false;
    }
    PackageElement home = elements.getPackageOf(heir);
    return modifiers.contains(Modifier.PUBLIC)
        || (!modifiers.contains(Modifier.PRIVATE) && elements.getPackageOf(method).equals(home));
  }

  private boolean isReplaced(ExecutableElement method, ExecutableElement by, TypeElement in) {
    if (!method.getSimpleName().equals(by.getSimpleName())) {
      return false;
    }
    ExecutableType above = memberType(method, in);
    ExecutableType below = memberType(by, in);
    return types.isSubsignature(below, above) || types.isSubsignature(above, below);
  }

  /** The type that declares a method. */
  static TypeElement typeOf(ExecutableElement method) {
    return (TypeElement) Objects.requireNonNull(method.getEnclosingElement());
  }

  ExecutableType memberType(ExecutableElement method, TypeElement in) {
    try {
      return (ExecutableType) types.asMemberOf((DeclaredType) in.asType(), method);
    } catch (IllegalArgumentException broken) {
      return (ExecutableType) method.asType(); // a class that lost its supertypes to an error
    }
  }

  private Optional<AnnotationUse> ownAsync(ExecutableElement method) {
    return AnnotationUse.find(method, AnnotationUse.ASYNC)
        .or(
            () ->
                AnnotationUse.find(typeOf(method), AnnotationUse.ASYNC)
                    .filter(use -> isMeant(method)));
  }

  /** Whether an {@code @Async} on the type stands for the method. */
  private boolean isMeant(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.PRIVATE)
        && elements.getOrigin(method) == Origin.EXPLICIT
        && !isOfObject(method)
        && !isAccessor(method)
        && !isMain(method)
        && !isCallback(method);
  }

  static boolean isOfObject(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return method.getParameters().isEmpty()
        ? OF_OBJECT.contains(name)
        : name.equals("equals")
            && method.getParameters().size() == 1
            && method.getParameters().get(0).asType().toString().endsWith("java.lang.Object");
  }

  static boolean isCallback(ExecutableElement method) {
    return AnnotationUse.find(method, AnnotationUse.CALLBACK).isPresent();
  }

  private static boolean isAccessor(ExecutableElement method) {
    Element type = typeOf(method);
    return type.getKind() == ElementKind.RECORD
        && method.getParameters().isEmpty()
        && ElementFilter.recordComponentsIn(type.getEnclosedElements()).stream()
            .anyMatch(component -> component.getSimpleName().equals(method.getSimpleName()));
  }

  private static boolean isMain(ExecutableElement method) {
    return SourceNames.method(method).equals("main(String[])")
        && method.getModifiers().contains(Modifier.STATIC);
  }
}

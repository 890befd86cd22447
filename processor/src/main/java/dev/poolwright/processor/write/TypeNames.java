package dev.poolwright.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.poolwright.processor.model.WellFormed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Types as generated code writes them: with nullness annotations, type parameters renamed. */
final class TypeNames {

  private static final Set<String> NULLNESS =
      Set.of("Nullable", "NonNull", "NotNull", "Nonnull", "CheckForNull", "PolyNull");

  private final Map<TypeParameterElement, String> renamed;
  private final NameClashes clashes;

  TypeNames(Map<TypeParameterElement, String> renamed, NameClashes clashes) {
    this.renamed = Map.copyOf(renamed);
    this.clashes = clashes;
  }

  TypeName of(TypeMirror type) {
    TypeName plain =
        switch (type.getKind()) {
          case DECLARED, ERROR -> declared((DeclaredType) type);
          case ARRAY -> ArrayTypeName.of(of(((ArrayType) type).getComponentType()));
          case TYPEVAR -> variable((TypeVariable) type);
          case WILDCARD -> wildcard((WildcardType) type);
          default -> TypeName.get(type);
        };
    List<AnnotationSpec> nullness = nullness(type);
    return nullness.isEmpty() ? plain : plain.annotated(nullness);
  }

  List<TypeName> of(List<? extends TypeMirror> types) {
    return types.stream().map(this::of).toList();
  }

  /** Type parameters as they are declared, with bounds. */
  List<TypeVariableName> declared(List<? extends TypeParameterElement> parameters) {
    return parameters.stream()
        .map(
            each ->
                TypeVariableName.get(nameOf(each), of(each.getBounds()).toArray(new TypeName[0])))
        .toList();
  }

  /** The type parameters of a method, their bounds as they are in the class that inherits it. */
  List<TypeVariableName> declared(ExecutableType method) {
    return method.getTypeVariables().stream()
        .map(
            each ->
                TypeVariableName.get(
                    nameOf((TypeParameterElement) each.asElement()),
                    of(boundsOf(each)).toArray(new TypeName[0])))
        .toList();
  }

  /** The bounds of a type variable, one by one. */
  static List<? extends TypeMirror> boundsOf(TypeVariable variable) {
    return variable.getUpperBound() instanceof IntersectionType several
        ? several.getBounds()
        : List.of(variable.getUpperBound());
  }

  String nameOf(TypeParameterElement parameter) {
    return renamed.getOrDefault(parameter, parameter.getSimpleName().toString());
  }

  /** The nullness annotations of a type or element. */
  static List<AnnotationSpec> nullness(AnnotatedConstruct annotated) {
    return annotated.getAnnotationMirrors().stream()
        .filter(TypeNames::isNullness)
        .map(AnnotationSpec::get)
        .toList();
  }

  private static boolean isNullness(AnnotationMirror mirror) {
    return NULLNESS.contains(mirror.getAnnotationType().asElement().getSimpleName().toString());
  }

  private TypeName declared(DeclaredType type) {
    if (!WellFormed.isNamed(type.asElement())) {
      return ClassName.OBJECT; // the compiler's stand-in for what it could not read
    }
    ClassName name = clashes.of((TypeElement) type.asElement());
    List<TypeName> arguments = of(type.getTypeArguments());
    if (type.getEnclosingType().getKind() == TypeKind.DECLARED
        && declared((DeclaredType) type.getEnclosingType())
            instanceof ParameterizedTypeName outer) {
      return outer.nestedClass(name.simpleName(), arguments);
    }
    return arguments.isEmpty()
        ? name
        : ParameterizedTypeName.get(name, arguments.toArray(new TypeName[0]));
  }

  private TypeName variable(TypeVariable type) {
    return TypeVariableName.get(nameOf((TypeParameterElement) type.asElement()));
  }

  private TypeName wildcard(WildcardType type) {
    if (type.getSuperBound() != null) {
      return WildcardTypeName.supertypeOf(of(type.getSuperBound()));
    }
    return WildcardTypeName.subtypeOf(
        type.getExtendsBound() == null ? ClassName.OBJECT : of(type.getExtendsBound()));
  }
}

package dev.poolwright.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.poolwright.processor.model.Plural;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The types of a batch method's inputs. */
final class Columns {

  private Columns() {}

  /** {@code Iterable<String>} of a type that nothing extends, else with a wildcard. */
  static TypeName typeOf(TypeName name, TypeMirror type) {
    TypeName boxed = name.box();
    return ParameterizedTypeName.get(
        ClassName.get(Iterable.class), isFinal(type) ? boxed : WildcardTypeName.subtypeOf(boxed));
  }

  /** Several of a parameter; one that is called as if it were several keeps its name. */
  static String nameOf(VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    TypeKind kind = parameter.asType().getKind();
    boolean isMany =
        kind == TypeKind.ARRAY
            || (parameter.asType() instanceof DeclaredType declared
                && !declared.getTypeArguments().isEmpty());
    return isMany && name.endsWith("s") ? name : Plural.of(name);
  }

  private static boolean isFinal(TypeMirror type) {
    return type.getKind().isPrimitive()
        || type.getKind() == TypeKind.ARRAY
        || (type instanceof DeclaredType declared
            && declared.getTypeArguments().isEmpty()
            && (declared.asElement().getModifiers().contains(Modifier.FINAL)
                || declared.asElement().getKind() == ElementKind.ENUM));
  }
}

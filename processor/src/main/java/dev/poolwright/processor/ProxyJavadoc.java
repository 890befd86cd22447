package dev.poolwright.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** The documentation of generated code, and deprecation. */
final class ProxyJavadoc {

  private ProxyJavadoc() {}

  /** A link to a method, its parameters erased. */
  static CodeBlock link(AnnotatedType type, AsyncMethod method) {
    CodeBlock parameters =
        method.parameters().stream()
            .map(each -> CodeBlock.of("$T", erased(each.asType())))
            .collect(CodeBlock.joining(", "));
    return CodeBlock.of("{@link $T#$L($L)}", type.name(), method.name(), parameters);
  }

  private static TypeName erased(Element type) {
    return WellFormed.isNamed(type) ? ClassName.get((TypeElement) type) : ClassName.OBJECT;
  }

  private static TypeName erased(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED, ERROR -> erased(((DeclaredType) type).asElement());
      case ARRAY -> ArrayTypeName.of(erased(((ArrayType) type).getComponentType()));
      case TYPEVAR -> erased(((TypeVariable) type).getUpperBound());
      case INTERSECTION -> erased(((IntersectionType) type).getBounds().get(0));
      default -> TypeName.get(type);
    };
  }

  /** Whether the compiler warns of each use, deprecated or not. */
  static boolean isForRemoval(Element element) {
    return AnnotationUse.find(element, "java.lang.Deprecated")
        .flatMap(each -> each.given("forRemoval"))
        .filter(each -> Boolean.TRUE.equals(each.getValue()))
        .isPresent();
  }

  /** The {@code @Deprecated} of an element, with its values. */
  static Optional<AnnotationSpec> deprecation(Element element) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> mirror.getAnnotationType().toString().equals("java.lang.Deprecated"))
        .map(AnnotationSpec::get)
        .findFirst();
  }
}

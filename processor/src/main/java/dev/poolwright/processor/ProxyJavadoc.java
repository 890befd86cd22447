package dev.poolwright.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.Optional;
import javax.lang.model.element.Element;

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

  private static TypeName erased(javax.lang.model.type.TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED ->
          com.palantir.javapoet.ClassName.get(
              (javax.lang.model.element.TypeElement)
                  ((javax.lang.model.type.DeclaredType) type).asElement());
      case ARRAY ->
          com.palantir.javapoet.ArrayTypeName.of(
              erased(((javax.lang.model.type.ArrayType) type).getComponentType()));
      case TYPEVAR -> erased(((javax.lang.model.type.TypeVariable) type).getUpperBound());
      case INTERSECTION ->
          erased(((javax.lang.model.type.IntersectionType) type).getBounds().get(0));
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

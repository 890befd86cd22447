package dev.poolwright.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.WellFormed;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Elements;

/** The documentation of generated code, and deprecation. */
final class ProxyJavadoc {

  private ProxyJavadoc() {}

  /** A link to a method, its parameters erased. */
  static CodeBlock link(ProxyPlan proxy, AsyncMethod method) {
    NameClashes clashes = proxy.clashes();
    CodeBlock parameters =
        method.parameters().stream()
            .map(each -> CodeBlock.of("$T", erased(each.asType(), clashes)))
            .collect(CodeBlock.joining(", "));
    return CodeBlock.of("{@link $T#$L($L)}", proxy.name(), method.name(), parameters);
  }

  private static TypeName erased(Element type, NameClashes clashes) {
    return WellFormed.isNamed(type) ? clashes.of((TypeElement) type) : ClassName.OBJECT;
  }

  private static TypeName erased(TypeMirror type, NameClashes clashes) {
    return switch (type.getKind()) {
      case DECLARED, ERROR -> erased(((DeclaredType) type).asElement(), clashes);
      case ARRAY -> ArrayTypeName.of(erased(((ArrayType) type).getComponentType(), clashes));
      case TYPEVAR -> erased(((TypeVariable) type).getUpperBound(), clashes);
      case INTERSECTION -> erased(((IntersectionType) type).getBounds().get(0), clashes);
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

  /** The {@code @Deprecated} of an element, with its values; the bare one for a mere comment. */
  static Optional<AnnotationSpec> deprecation(Elements elements, Element element) {
    return AnnotationUse.find(element, "java.lang.Deprecated")
        .map(use -> AnnotationSpec.get(use.mirror()))
        .or(
            () ->
                elements.isDeprecated(element)
                    ? Optional.of(AnnotationSpec.builder(Deprecated.class).build())
                    : Optional.empty());
  }
}

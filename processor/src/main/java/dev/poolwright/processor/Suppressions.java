package dev.poolwright.processor;

import com.palantir.javapoet.AnnotationSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** The warnings that a user's own types force on a proxy, and no other. */
final class Suppressions {

  private final Elements elements;
  private final AnnotatedType type;

  Suppressions(Elements elements, AnnotatedType type) {
    this.elements = elements;
    this.type = type;
  }

  Optional<AnnotationSpec> annotation() {
    Set<String> tokens = tokens();
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    AnnotationSpec.Builder annotation = AnnotationSpec.builder(SuppressWarnings.class);
    tokens.forEach(token -> annotation.addMember("value", "$S", token));
    return Optional.of(annotation.build());
  }

  private Set<String> tokens() {
    Set<String> tokens = new TreeSet<>();
    MentionedTypes mentioned = new MentionedTypes(type);
    if (mentioned.raw().isPresent()) {
      tokens.add("rawtypes");
    }
    if (mentioned.elements().stream().anyMatch(elements::isDeprecated)) {
      tokens.add("deprecation");
    }
    if (type.methods().stream().anyMatch(Suppressions::isHeapPolluting)) {
      tokens.add("unchecked");
    }
    if (isExported()) {
      tokens.add("exports");
    }
    return tokens;
  }

  /**
   * Whether a module may export the proxy without what the proxy is made of. Its directives are not
   * looked at: a look before the catalogues exist makes the compiler report them as missing.
   */
  private boolean isExported() {
    return !elements.getModuleOf(type.element()).isUnnamed()
        && type.element().getModifiers().contains(Modifier.PUBLIC);
  }

  /** Whether its arguments come as an array of a type that is not known at run time. */
  private static boolean isHeapPolluting(AsyncMethod method) {
    if (!method.element().isVarArgs()) {
      return false;
    }
    List<? extends TypeMirror> parameters = method.type().getParameterTypes();
    TypeMirror element = ((ArrayType) parameters.get(parameters.size() - 1)).getComponentType();
    return element.getKind() == TypeKind.TYPEVAR
        || (element instanceof DeclaredType declared
            && declared.getTypeArguments().stream()
                .anyMatch(argument -> argument.getKind() != TypeKind.WILDCARD));
  }
}

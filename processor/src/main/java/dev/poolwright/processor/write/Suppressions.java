package dev.poolwright.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.AsyncMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
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
    return of(tokens());
  }

  /** Suppresses warnings; nothing where there are none. */
  static Optional<AnnotationSpec> of(Set<String> tokens) {
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
    List<Element> used = used(mentioned);
    if (used.stream().anyMatch(ProxyJavadoc::isForRemoval)) {
      tokens.add("removal");
    }
    if (used.stream().anyMatch(each -> elements.isDeprecated(each) && !isCovered(each))) {
      tokens.add("deprecation");
    }
    if (isOverloadAccepted()) {
      tokens.add("overloads");
    }
    if (type.methods().stream().anyMatch(Suppressions::isHeapPolluting)) {
      tokens.add("unchecked");
    }
    if (isExported()) {
      tokens.add("exports");
    }
    return tokens;
  }

  /** Types, methods and callbacks that the proxy names. */
  private List<Element> used(MentionedTypes mentioned) {
    List<Element> used = new ArrayList<>();
    for (Element each : mentioned.elements()) {
      for (Element at = each; at instanceof TypeElement; at = at.getEnclosingElement()) {
        used.add(at); // a nested class is named through those around it
      }
    }
    type.methods().forEach(each -> used.add(each.element()));
    type.callbacks().stream()
        .filter(each -> !each.callback().isAsync())
        .forEach(each -> used.add(each.callback().element()));
    return used;
  }

  /** Whether its use is in code that is deprecated with it, or is warned of as removal. */
  private boolean isCovered(Element used) {
    return ProxyJavadoc.isForRemoval(used)
        || used.equals(type.element())
        || type.methods().stream().anyMatch(each -> each.element().equals(used));
  }

  /** Overloads that may be ambiguous are so in the proxy too. */
  private boolean isOverloadAccepted() {
    return Stream.concat(
            Stream.of(type.element()), type.methods().stream().map(AsyncMethod::element))
        .flatMap(each -> AnnotationUse.find(each, "java.lang.SuppressWarnings").stream())
        .flatMap(each -> each.list("value").stream())
        .anyMatch(each -> "overloads".equals(each.getValue()));
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

package dev.poolwright.processor;

import com.palantir.javapoet.AnnotationSpec;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    return tokens;
  }
}

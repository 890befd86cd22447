package dev.poolwright.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.util.Elements;

/**
 * Which types code can see, each looked for once: the compiler goes through the class path for
 * every name that it does not know. Holds for one round; the next may have more types.
 */
public final class VisibleTypes {

  private final Elements elements;
  private final Map<ModuleElement, Map<String, Boolean>> known = new HashMap<>();

  public VisibleTypes(Elements elements) {
    this.elements = elements;
  }

  /** Says that a file is generated, where the module of what it comes from sees the annotation. */
  Optional<AnnotationSpec> generated(Element origin, String writer) {
    return has(origin, RuntimeNames.GENERATED.canonicalName())
        ? Optional.of(
            AnnotationSpec.builder(RuntimeNames.GENERATED).addMember("value", "$S", writer).build())
        : Optional.empty();
  }

  /** Whether a type of this name is seen from the module of an element. */
  boolean has(Element from, String name) {
    ModuleElement module = elements.getModuleOf(from);
    return known
        .computeIfAbsent(module, none -> new HashMap<>())
        .computeIfAbsent(name, none -> elements.getTypeElement(module, name) != null);
  }
}

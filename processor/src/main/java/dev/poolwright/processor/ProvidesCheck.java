package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.util.Elements;

/** Checks that a named module provides its catalogues, without which nothing finds them there. */
final class ProvidesCheck {

  private final Elements elements;
  private final Diagnostics diagnostics;

  ProvidesCheck(Elements elements, Diagnostics diagnostics) {
    this.elements = elements;
    this.diagnostics = diagnostics;
  }

  /** Checks the classes and packages of this compilation that declare pools, of one module. */
  void check(List<Element> declarers) {
    if (declarers.isEmpty()) {
      return;
    }
    ModuleElement module = elements.getModuleOf(declarers.get(0));
    if (module.isUnnamed()) {
      return;
    }
    Set<String> provided = new LinkedHashSet<>();
    PoolIndex.provided(module).forEach(each -> provided.add(each.getQualifiedName().toString()));
    Set<String> wanted = new LinkedHashSet<>(provided);
    declarers.stream()
        .map(CatalogueWriter::catalogueOf)
        .map(ClassName::canonicalName)
        .forEach(wanted::add);
    if (wanted.size() > provided.size()) {
      diagnostics.report(
          DiagnosticId.ASYNC_MISSING_PROVIDES,
          module,
          module.getQualifiedName(),
          wanted.stream()
              .collect(
                  joining(
                      ", ", "provides " + RuntimeNames.CATALOGUE.canonicalName() + " with ", ";")));
    }
  }
}

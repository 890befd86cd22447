package dev.poolwright.processor.check;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.read.PoolIndex;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.util.Elements;

/** Checks that a named module provides its catalogues, without which nothing finds them there. */
public final class ProvidesCheck {

  private final Elements elements;
  private final Problems problems;

  public ProvidesCheck(Elements elements, Problems problems) {
    this.elements = elements;
    this.problems = problems;
  }

  /** Checks the classes and packages of this compilation that declare pools, of one module. */
  public void check(List<Element> declarers) {
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
        .map(ProxyNames::catalogueOf)
        .map(ClassName::canonicalName)
        .forEach(wanted::add);
    if (wanted.size() > provided.size()) {
      problems.report(
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

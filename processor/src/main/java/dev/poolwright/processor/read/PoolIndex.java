package dev.poolwright.processor.read;

import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ProvidesDirective;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Finds the classes and packages that declare pools in other compilations: by the index types of
 * the class path, and by what the modules of the module path provide. Their annotations are then
 * read from the class files.
 */
public final class PoolIndex {

  private final Elements elements;

  public PoolIndex(Elements elements) {
    this.elements = elements;
  }

  public List<Element> declarers() {
    List<TypeElement> marks = new ArrayList<>();
    for (PackageElement index : elements.getAllPackageElements(ProxyNames.INDEX)) {
      marks.addAll(ElementFilter.typesIn(index.getEnclosedElements()));
    }
    for (ModuleElement module : elements.getAllModuleElements()) {
      if (!module.isUnnamed() && !isJdk(module)) {
        provided(module).forEach(marks::add);
      }
    }
    return marks.stream().flatMap(mark -> declarer(mark).stream()).distinct().toList();
  }

  /** The catalogues that a module provides. */
  public static Stream<TypeElement> provided(ModuleElement module) {
    return ElementFilter.providesIn(module.getDirectives()).stream()
        .filter(
            each ->
                each.getService()
                    .getQualifiedName()
                    .contentEquals(RuntimeNames.CATALOGUE.canonicalName()))
        .map(ProvidesDirective::getImplementations)
        .flatMap(List::stream);
  }

  private static boolean isJdk(ModuleElement module) {
    String name = module.getQualifiedName().toString();
    return name.startsWith("java.") || name.startsWith("jdk.");
  }

  /** A class that is gone since the index was written is none. */
  private Optional<Element> declarer(TypeElement mark) {
    return ElementFilter.fieldsIn(mark.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().contentEquals(ProxyNames.DECLARER))
        .map(VariableElement::getConstantValue)
        .map(String::valueOf)
        .findFirst()
        .flatMap(name -> element(name, elements));
  }

  /** A class or package of this name. */
  public static Optional<Element> element(String name, Elements elements) {
    TypeElement type = elements.getTypeElement(name);
    return Optional.ofNullable(type == null ? elements.getPackageElement(name) : type);
  }
}

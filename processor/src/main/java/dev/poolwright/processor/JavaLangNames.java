package dev.poolwright.processor;

import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The simple names of java.lang that generated code uses, and what hides them. */
final class JavaLangNames {

  /** Those that it uses whatever the user's methods name. */
  static final List<String> USED =
      List.of(
          "Class",
          "Deprecated",
          "Exception",
          "Iterable",
          "Object",
          "Override",
          "SafeVarargs",
          "String",
          "SuppressWarnings",
          "Throwable",
          "Void");

  private final Elements elements;
  private final VisibleTypes visible;

  JavaLangNames(Elements elements, VisibleTypes visible) {
    this.elements = elements;
    this.visible = visible;
  }

  /**
   * Writes out in full the names that classes of the user's own package hide.
   *
   * @param type what is generated
   * @param origin what it is generated for
   * @param inPackage its package
   * @param mentioned the types that the user's methods name
   */
  void qualify(
      TypeSpec.Builder type, Element origin, String inPackage, List<TypeElement> mentioned) {
    String prefix = inPackage.isEmpty() ? "" : inPackage + ".";
    Stream<String> names =
        mentioned.stream()
            .filter(
                each -> elements.getPackageOf(each).getQualifiedName().contentEquals("java.lang"))
            .map(each -> each.getSimpleName().toString());
    Stream.concat(USED.stream(), names)
        .distinct()
        .filter(name -> visible.has(origin, prefix + name))
        .forEach(type::alwaysQualify);
  }
}

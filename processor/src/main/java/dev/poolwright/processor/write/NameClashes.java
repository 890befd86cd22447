package dev.poolwright.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.poolwright.processor.model.RuntimeNames;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Which names a generated file writes in full: where a class of the user's own package has a name
 * that ours or one of {@code java.lang} has too. Where a class is named like the first part of our
 * packages, ours cannot be written in full: then they are imported, and the user's are.
 */
public final class NameClashes {

  /** The names of java.lang that it uses whatever the user's methods name. */
  static final List<String> JAVA_LANG =
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
  private final Element origin;
  private final String inPackage;

  /**
   * Looks at a package.
   *
   * @param origin what a file is generated for
   * @param inPackage where it is generated
   */
  public NameClashes(Elements elements, VisibleTypes visible, Element origin, String inPackage) {
    this.elements = elements;
    this.visible = visible;
    this.origin = origin;
    this.inPackage = inPackage;
  }

  /** The name of a user's type as generated code writes it. */
  ClassName of(TypeElement type) {
    ClassName name = ClassName.get(type);
    String top = name.topLevelClassName().simpleName();
    boolean isOurs = JAVA_LANG.contains(top) || RuntimeNames.SIMPLE.contains(top);
    if (!isOurs
        || !name.packageName().equals(inPackage)
        || !isRootHidden()
        || isHidden(first(inPackage))) {
      return name;
    }
    List<String> names = name.simpleNames();
    String[] nested = names.subList(1, names.size()).toArray(new String[0]);
    return ClassName.get("", inPackage + "." + top, nested); // no import shortens that
  }

  /**
   * The file of a type.
   *
   * @param type what is generated
   * @param mentioned the types that the user's methods name
   */
  JavaFile file(TypeSpec.Builder type, List<TypeElement> mentioned) {
    if (!isRootHidden()) {
      Stream<String> names =
          mentioned.stream()
              .filter(
                  each -> elements.getPackageOf(each).getQualifiedName().contentEquals("java.lang"))
              .map(each -> each.getSimpleName().toString());
      Stream.concat(JAVA_LANG.stream(), names)
          .distinct()
          .filter(this::isHidden)
          .forEach(type::alwaysQualify);
    }
    return JavaFile.builder(inPackage, type.build()).skipJavaLangImports(!isRootHidden()).build();
  }

  private boolean isRootHidden() {
    return !inPackage.isEmpty() && (isHidden("dev") || isHidden("java"));
  }

  /** The first part of a name. */
  static String first(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Whether a class of the package has a name. */
  private boolean isHidden(String name) {
    return visible.has(origin, inPackage.isEmpty() ? name : inPackage + "." + name);
  }
}

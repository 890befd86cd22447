package dev.poolwright.processor;

import com.palantir.javapoet.ClassName;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/** The file by which {@link java.util.ServiceLoader} finds the catalogues of a class path. */
final class ServicesFile {

  private static final String PATH = "META-INF/services/" + RuntimeNames.CATALOGUE.canonicalName();

  private final Filer filer;
  private final Elements elements;

  ServicesFile(ProcessingEnvironment environment) {
    this.filer = environment.getFiler();
    this.elements = environment.getElementUtils();
  }

  /** Writes it, sorted, with what an earlier compilation of other classes left in it. */
  void write(List<Element> declarers) throws IOException {
    Set<String> names = earlier();
    declarers.stream()
        .map(CatalogueWriter::catalogueOf)
        .map(ClassName::reflectionName)
        .forEach(names::add);
    if (!names.isEmpty()) {
      try (Writer out =
          filer
              .createResource(
                  StandardLocation.CLASS_OUTPUT, "", PATH, declarers.toArray(new Element[0]))
              .openWriter()) {
        out.write(String.join("\n", names) + "\n");
      }
    }
  }

  private Set<String> earlier() {
    Set<String> names = new TreeSet<>();
    try {
      filer
          .getResource(StandardLocation.CLASS_OUTPUT, "", PATH)
          .getCharContent(false)
          .toString()
          .lines()
          .filter(name -> elements.getTypeElement(name) != null)
          .forEach(names::add);
    } catch (IOException e) {
      return names; // there is none yet
    }
    return names;
  }
}

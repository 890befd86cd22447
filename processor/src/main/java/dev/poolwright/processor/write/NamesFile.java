package dev.poolwright.processor.write;

import dev.poolwright.processor.model.RuntimeNames;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;
import javax.tools.StandardLocation;

/**
 * A resource that lists classes and packages by name, one a line, sorted; after a name and a space
 * may stand what there is to say of it. Classes of one module are not always compiled together, so
 * what an earlier compilation left in it stays.
 */
public final class NamesFile {

  /** By which {@link java.util.ServiceLoader} finds the catalogues of a class path. */
  public static final String SERVICES =
      "META-INF/services/" + RuntimeNames.CATALOGUE.canonicalName();

  /**
   * By which containers find the proxies of a jar: the class of each and, after a space, the class
   * that it calls, unless it calls static methods alone. Both as {@link Class#forName} takes them.
   */
  public static final String PROXIES = "META-INF/poolwright/proxies";

  private final Filer filer;
  private final Elements elements;
  private final String module;
  private final String path;

  /**
   * Names the file, and writes nothing yet.
   *
   * @param module the module whose output has it, with a slash; empty when there is but one
   * @param path below the class output
   */
  public NamesFile(ProcessingEnvironment environment, String module, String path) {
    this.filer = environment.getFiler();
    this.elements = environment.getElementUtils();
    this.module = module;
    this.path = path;
  }

  /** Adds names, which come from these elements. */
  public void add(Collection<String> more, Collection<? extends Element> origins)
      throws IOException {
    Set<String> names = earlier();
    names.addAll(more);
    if (!names.isEmpty()) {
      try (Writer out =
          filer
              .createResource(
                  StandardLocation.CLASS_OUTPUT, module, path, origins.toArray(new Element[0]))
              .openWriter()) {
        out.write(String.join("\n", names) + "\n");
      }
    }
  }

  /** The lines of a resource. */
  static Stream<String> lines(Filer filer, Location location, String module, String path)
      throws IOException {
    return filer.getResource(location, module, path).getCharContent(false).toString().lines();
  }

  /** Those that are still there. */
  private Set<String> earlier() {
    Set<String> names = new TreeSet<>();
    try {
      lines(filer, StandardLocation.CLASS_OUTPUT, module, path)
          .filter(this::isThere)
          .forEach(names::add);
    } catch (IOException e) {
      return names; // there is none yet
    }
    return names;
  }

  private boolean isThere(String line) {
    String name = line.split(" ", 2)[0];
    return elements.getTypeElement(name) != null || elements.getPackageElement(name) != null;
  }
}

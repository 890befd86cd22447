package dev.poolwright.processor.write;

import dev.poolwright.annotation.wording.PoolName;
import dev.poolwright.processor.model.PoolDeclaration;
import dev.poolwright.processor.read.PoolIndex;
import dev.poolwright.processor.read.PoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Makes the pools of a named module known where its jar is on the class path: there nobody reads
 * what the module provides, and an index type is no way out, since no two modules may have one
 * package. So for each pool a resource names the classes and packages that declare it. Asked for
 * only when a pool seems to be unknown: some build tools compile everything anew after that.
 *
 * <p>The folder has a keyword in its name, so that it is no package to the module system, and the
 * compiler sees it in a jar all the same, which it does not with META-INF.
 */
public final class PoolMarks {

  private static final String FOLDER = "poolwright/package/";

  private final ProcessingEnvironment environment;

  public PoolMarks(ProcessingEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Marks the pools that classes and packages of a named module declare.
   *
   * @param module as {@link NamesFile} takes it
   */
  public void write(String module, List<Element> declarers) throws IOException {
    Map<String, Set<Element>> byFile = new TreeMap<>();
    for (Element declarer : declarers) {
      for (PoolDeclaration each : PoolReader.declarations(declarer)) {
        if (PoolName.isLegal(each.pool())) {
          byFile.computeIfAbsent(file(each.pool()), none -> new LinkedHashSet<>()).add(declarer);
        }
      }
    }
    for (Map.Entry<String, Set<Element>> each : byFile.entrySet()) {
      Set<String> names = new TreeSet<>();
      each.getValue().forEach(declarer -> names.add(declarer.toString()));
      new NamesFile(environment, module, each.getKey()).add(names, each.getValue());
    }
  }

  /** What declares a pool in a modular jar of the class path; of several jars the first. */
  public List<Element> declarers(String pool) {
    Filer filer = environment.getFiler();
    Elements elements = environment.getElementUtils();
    List<Element> declarers = new ArrayList<>();
    try {
      NamesFile.lines(filer, StandardLocation.CLASS_PATH, "", file(pool))
          .forEach(name -> PoolIndex.element(name, elements).ifPresent(declarers::add));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return declarers; // there is none, or this compiler does not read resources
    }
    return declarers;
  }

  /** Without capitals: some file systems do not tell them apart. */
  private static String file(String pool) {
    return FOLDER + "pool-" + pool.toLowerCase(Locale.ROOT);
  }
}

package dev.poolwright.processor.check;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.WellFormed;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The texts of all sources of a compilation, any of which may name a pool. They are complete only
 * when the compiler shows its trees, and nothing was compiled before: otherwise what names a pool
 * may be a class that is not compiled now.
 */
public final class PoolMentions {

  private final @Nullable Trees trees;
  private boolean isFirst;
  private final Set<String> texts = new HashSet<>();

  public PoolMentions(ProcessingEnvironment environment) {
    trees = treesOf(environment);
    isFirst = !isReported(environment);
  }

  private static @Nullable Trees treesOf(ProcessingEnvironment environment) {
    try {
      return Trees.instance(environment);
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return null; // then nothing is known, and nothing is said
    }
  }

  private static boolean isReported(ProcessingEnvironment environment) {
    try {
      environment
          .getFiler()
          .getResource(StandardLocation.CLASS_OUTPUT, "", ProxyNames.REPORT)
          .openInputStream()
          .close();
      return true;
    } catch (IOException | RuntimeException none) {
      return false; // the usual case: there is none
    }
  }

  /** Says that a class of this compilation was compiled before, so that others may not be here. */
  public void setAgain() {
    isFirst = false;
  }

  /** Reads the sources of a round. */
  public void read(RoundEnvironment round) {
    if (trees != null && isFirst) {
      for (Element root : round.getRootElements()) {
        TreePath path = WellFormed.isNamed(root) ? trees.getPath(root) : null;
        if (path != null && !ProxyNames.isCatalogue(root.getSimpleName().toString())) {
          texts.addAll(TextLiterals.of(path.getCompilationUnit()));
        }
      }
    }
  }

  boolean isComplete() {
    return trees != null && isFirst;
  }

  boolean contains(String text) {
    return texts.contains(text);
  }
}

package dev.poolwright.processor.body;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a method body.
 *
 * @param rule what is wrong
 * @param unit the file
 * @param at the place in the file
 * @param inside the innermost declaration around the place; null when there is none
 * @param arguments as the rule names them
 */
public record BodyFinding(
    BodyRule rule,
    CompilationUnitTree unit,
    Tree at,
    @Nullable Element inside,
    List<String> arguments) {

  /** Copies the arguments. */
  public BodyFinding {
    arguments = List.copyOf(arguments);
  }
}

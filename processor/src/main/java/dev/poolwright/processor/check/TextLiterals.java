package dev.poolwright.processor.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.TreeScanner;
import dev.poolwright.processor.model.AnnotationUse;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the texts of a file, except those that give a declared pool its name. */
public final class TextLiterals extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final Set<String> texts = new HashSet<>();

  private TextLiterals() {}

  /**
   * The texts of a file.
   *
   * @param unit parsed; attributed or not
   * @return each once
   */
  public static Set<String> of(CompilationUnitTree unit) {
    TextLiterals literals = new TextLiterals();
    literals.scan(unit, null);
    return literals.texts;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void none) {
    String type = tree.getAnnotationType().toString();
    String simple = type.substring(type.lastIndexOf('.') + 1);
    if (AnnotationUse.POOLS.keySet().stream().noneMatch(name -> name.endsWith('.' + simple))) {
      return super.visitAnnotation(tree, null);
    }
    for (ExpressionTree argument : tree.getArguments()) {
      boolean isName =
          argument instanceof AssignmentTree given
              && given.getVariable().toString().equals("name")
              && given.getExpression() instanceof LiteralTree;
      if (!isName) {
        scan(argument, null);
      }
    }
    return null;
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void none) {
    if (tree.getValue() instanceof String text) {
      texts.add(text);
    }
    return null;
  }
}

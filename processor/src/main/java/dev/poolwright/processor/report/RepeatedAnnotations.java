package dev.poolwright.processor.report;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Prints at one of several annotations of a type, of which the compiler's messager knows only what
 * they stand on. Needs javac.
 */
final class RepeatedAnnotations {

  private final Trees trees;

  private RepeatedAnnotations(Trees trees) {
    this.trees = trees;
  }

  /** Empty where the compiler does not show its trees. */
  static Optional<RepeatedAnnotations> in(ProcessingEnvironment environment) {
    try {
      return Optional.of(new RepeatedAnnotations(Trees.instance(environment)));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return Optional.empty(); // then the messager's place is the best there is
    }
  }

  /**
   * Prints at an annotation, or at a value of it, when it is a repeated one.
   *
   * @return whether it did
   */
  boolean print(
      Kind kind,
      String text,
      Element element,
      AnnotationMirror mirror,
      @Nullable AnnotationValue value) {
    TreePath path = trees.getPath(element);
    int index = path == null ? -1 : indexOf(mirror, element);
    if (index < 0) {
      return false;
    }
    String name = mirror.getAnnotationType().asElement().getSimpleName().toString();
    Optional<? extends AnnotationTree> annotation =
        annotations(path).filter(each -> isNamed(each, name)).skip(index).findFirst();
    annotation.ifPresent(
        each -> trees.printMessage(kind, text, at(each, mirror, value), path.getCompilationUnit()));
    return annotation.isPresent();
  }

  /** Which of its kind; below 0 when it stands alone. */
  private static int indexOf(AnnotationMirror mirror, Element element) {
    return element.getAnnotationMirrors().stream()
        .flatMap(container -> container.getElementValues().values().stream())
        .map(AnnotationValue::getValue)
        .filter(List.class::isInstance)
        .map(
            list ->
                ((List<?>) list).stream().map(each -> ((AnnotationValue) each).getValue()).toList())
        .mapToInt(values -> values.indexOf(mirror))
        .max()
        .orElse(-1);
  }

  private static Stream<? extends AnnotationTree> annotations(TreePath path) {
    return path.getLeaf() instanceof ClassTree type
        ? type.getModifiers().getAnnotations().stream()
        : path.getCompilationUnit().getPackageAnnotations().stream();
  }

  private static boolean isNamed(AnnotationTree annotation, String name) {
    String written = annotation.getAnnotationType().toString();
    return written.equals(name) || written.endsWith("." + name);
  }

  private static Tree at(
      AnnotationTree annotation, AnnotationMirror mirror, @Nullable AnnotationValue value) {
    return mirror.getElementValues().entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .flatMap(key -> expression(annotation, key.getSimpleName().toString()).stream())
        .findFirst()
        .orElse(annotation);
  }

  private static Optional<Tree> expression(AnnotationTree annotation, String name) {
    for (ExpressionTree argument : annotation.getArguments()) {
      if (argument instanceof AssignmentTree given && given.getVariable().toString().equals(name)) {
        return Optional.of(given.getExpression());
      }
    }
    return Optional.empty();
  }
}

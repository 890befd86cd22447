package dev.poolwright.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.model.SourceNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Where the tasks of one class come from, as far as calls and variables show it. */
final class TaskOrigins {

  private static final String BATCH = RuntimeNames.BATCH.canonicalName();
  private static final Set<String> FUTURES =
      Set.of(
          RuntimeNames.TASK.canonicalName(),
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Future");
  private static final Set<String> FUTURE_WAITS = Set.of("get", "join");
  private static final Set<String> BATCH_WAITS =
      Set.of("toList", "iterator", "stream", "asCompleted");

  private final Trees trees;
  private final AsyncMethods methods;
  private final Map<Element, String> variables = new HashMap<>();

  TaskOrigins(Trees trees, AsyncMethods methods) {
    this.trees = trees;
    this.methods = methods;
  }

  /** Remembers the pool of a variable that starts as a task or batch. */
  void remember(TreePath path, VariableTree tree) {
    Element variable = trees.getElement(path);
    if (variable != null && tree.getInitializer() != null) {
      poolOf(new TreePath(path, tree.getInitializer()))
          .ifPresent(pool -> variables.put(variable, pool));
    }
  }

  /** The pool whose task or batch an expression is; empty when that cannot be seen. */
  Optional<String> poolOf(TreePath path) {
    if (path.getLeaf() instanceof ParenthesizedTree tree) {
      return poolOf(new TreePath(path, tree.getExpression()));
    }
    if (path.getLeaf() instanceof IdentifierTree) {
      return Optional.ofNullable(variables.get(trees.getElement(path)));
    }
    if (path.getLeaf() instanceof MethodInvocationTree call
        && trees.getElement(path) instanceof ExecutableElement called) {
      return methods
          .submitted(called)
          .map(SubmittedMethod::pool)
          .or(() -> poolOf(path, call, called));
    }
    return Optional.empty();
  }

  /** A stage derived from a task, or a task submitted to a pool that is named on the spot. */
  private Optional<String> poolOf(
      TreePath path, MethodInvocationTree call, ExecutableElement called) {
    if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
      return Optional.empty();
    }
    TreePath receiver = new TreePath(path, select.getExpression());
    String type = nameOf(trees.getTypeMirror(receiver));
    if (type.equals(RuntimeNames.POOLS.canonicalName())
        && called.getSimpleName().contentEquals("pool")) {
      return call.getArguments().stream().flatMap(one -> literal(one).stream()).findFirst();
    }
    boolean isDerived = FUTURES.contains(type) && FUTURES.contains(nameOf(called.getReturnType()));
    boolean isSubmit = type.equals(RuntimeNames.POOL.canonicalName());
    return isDerived || isSubmit ? poolOf(receiver) : Optional.empty();
  }

  private static Optional<String> literal(ExpressionTree tree) {
    return tree instanceof LiteralTree literal && literal.getValue() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether a call waits for the future or batch that it is called on. */
  boolean isWait(TreePath path, ExecutableElement called) {
    String name = called.getSimpleName().toString();
    boolean isCandidate = FUTURE_WAITS.contains(name) || BATCH_WAITS.contains(name);
    if (!isCandidate
        || !(path.getLeaf() instanceof MethodInvocationTree call)
        || !(call.getMethodSelect() instanceof MemberSelectTree select)) {
      return false;
    }
    String type = nameOf(trees.getTypeMirror(new TreePath(path, select.getExpression())));
    return (FUTURES.contains(type) && FUTURE_WAITS.contains(name))
        || (type.equals(BATCH) && BATCH_WAITS.contains(name));
  }

  /** Whether an expression is a batch. */
  boolean isBatch(TreePath path) {
    return nameOf(trees.getTypeMirror(path)).equals(BATCH);
  }

  /** The result type of a task, as users write it; empty for tasks without a result. */
  Optional<String> resultOf(TreePath path) {
    TypeMirror type = trees.getTypeMirror(path);
    if (!(type instanceof DeclaredType task) || task.getTypeArguments().isEmpty()) {
      return Optional.empty();
    }
    TypeMirror result = task.getTypeArguments().get(0);
    String name = nameOf(result);
    if (name.equals("java.lang.Void") || name.equals("kotlin.Unit")) {
      return Optional.empty();
    }
    return Optional.of(SourceNames.type(result));
  }

  private static String nameOf(TypeMirror type) {
    return type != null
            && type.getKind() == TypeKind.DECLARED
            && ((DeclaredType) type).asElement() instanceof TypeElement element
        ? element.getQualifiedName().toString()
        : "";
  }
}

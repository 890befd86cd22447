package dev.poolwright.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.poolwright.processor.model.AnnotationUse;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.SourceNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Walks one class and tells what its bodies have wrong. */
final class BodyScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

  private final Trees trees;
  private final AsyncMethods methods;
  private final PoolWaits waits;
  private final TaskOrigins origins;
  private final CompilationUnitTree unit;
  private final Consumer<BodyFinding> findings;

  /**
   * The bodies around the place, innermost first; a lambda's or another class's own is not Async.
   */
  private final Deque<Optional<SubmittedMethod>> bodies = new ArrayDeque<>();

  /** As {@link #bodies}, but lambdas belong to the method around them. */
  private final Deque<Optional<SubmittedMethod>> runs = new ArrayDeque<>();

  BodyScanner(
      Trees trees,
      AsyncMethods methods,
      PoolWaits waits,
      CompilationUnitTree unit,
      Consumer<BodyFinding> findings) {
    this.trees = trees;
    this.methods = methods;
    this.waits = waits;
    this.origins = new TaskOrigins(trees, methods);
    this.unit = unit;
    this.findings = findings;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
    if (trees.getElement(getCurrentPath()) instanceof TypeElement type) {
      checkInner(tree, type);
    }
    within(Optional.empty(), true, () -> super.visitClass(tree, null));
    return null;
  }

  /** Processors never see classes inside bodies, so that nobody else can say it. */
  private void checkInner(ClassTree tree, TypeElement type) {
    if (type.getNestingKind() == NestingKind.LOCAL && hasAnnotation(type)) {
      report(BodyRule.INNER_CLASS, tree, type.getSimpleName().toString(), "a local class");
    } else if (type.getNestingKind() == NestingKind.ANONYMOUS && hasAnnotation(type)) {
      List<? extends TypeMirror> interfaces = type.getInterfaces();
      TypeMirror above = interfaces.isEmpty() ? type.getSuperclass() : interfaces.get(0);
      String name = "new " + SourceNames.type(above) + "() {...}";
      report(BodyRule.INNER_CLASS, tree, name, "an anonymous class");
    }
  }

  private static boolean hasAnnotation(TypeElement type) {
    return Stream.concat(Stream.of(type), type.getEnclosedElements().stream())
        .flatMap(each -> each.getAnnotationMirrors().stream())
        .anyMatch(
            mirror -> AnnotationUse.OF_METHODS.contains(mirror.getAnnotationType().toString()));
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
    Optional<SubmittedMethod> async =
        trees.getElement(getCurrentPath()) instanceof ExecutableElement method
            ? methods.direct(method)
            : Optional.empty();
    within(async, true, () -> super.visitMethod(tree, null));
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
    within(Optional.empty(), false, () -> super.visitLambdaExpression(tree, null));
    return null;
  }

  private void within(Optional<SubmittedMethod> body, boolean isRun, Runnable walk) {
    bodies.push(body);
    runs.push(isRun || runs.isEmpty() ? body : runs.element());
    walk.run();
    bodies.pop();
    runs.pop();
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void none) {
    origins.remember(getCurrentPath(), tree);
    return super.visitVariable(tree, null);
  }

  @Override
  public @Nullable Void visitExpressionStatement(
      ExpressionStatementTree tree, @Nullable Void none) {
    if (tree.getExpression() instanceof MethodInvocationTree call) {
      checkDropped(call, new TreePath(getCurrentPath(), call));
    }
    return super.visitExpressionStatement(tree, null);
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void none) {
    TreePath path = new TreePath(getCurrentPath(), tree.getExpression());
    if (origins.isBatch(path)) {
      Tree at =
          tree.getExpression() instanceof MethodInvocationTree call
              ? call.getMethodSelect()
              : tree.getExpression();
      checkWait(at, "Iterating " + CallText.of(tree.getExpression()), path);
    }
    return super.visitEnhancedForLoop(tree, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
    if (trees.getElement(getCurrentPath()) instanceof ExecutableElement called) {
      checkDirect(tree, called);
      checkCommonPool(tree, called);
      if (tree.getMethodSelect() instanceof MemberSelectTree select
          && origins.isWait(getCurrentPath(), called)) {
        TreePath receiver = new TreePath(getCurrentPath(), select.getExpression());
        checkWait(tree.getMethodSelect(), CallText.of(tree), receiver);
      }
    }
    return super.visitMethodInvocation(tree, null);
  }

  private void checkDirect(MethodInvocationTree tree, ExecutableElement called) {
    ExpressionTree select = tree.getMethodSelect();
    Optional<SubmittedMethod> async =
        isOwn(select, called) ? methods.direct(called) : Optional.empty();
    Element caller = enclosing(MethodTree.class);
    if (async.isEmpty() || called.equals(caller)) {
      return;
    }
    String call = CallText.of(called.getSimpleName(), tree.getArguments());
    String proxy = ProxyNames.variableOf(async.get().type());
    report(BodyRule.DIRECT_CALL, select, call, async.get().pool(), proxy + "." + call);
  }

  /**
   * Whether the call is of this object or this class, from inside a class that has the method. Who
   * writes super means the method itself.
   */
  private boolean isOwn(ExpressionTree select, ExecutableElement called) {
    if (!(called.getEnclosingElement() instanceof TypeElement owner) || !isInside(owner)) {
      return false;
    }
    if (select instanceof MemberSelectTree member) {
      ExpressionTree receiver = member.getExpression();
      boolean isThis =
          receiver instanceof IdentifierTree name && name.getName().contentEquals("this");
      TreePath path = new TreePath(new TreePath(getCurrentPath(), select), receiver);
      return isThis || trees.getElement(path) instanceof TypeElement;
    }
    return select instanceof IdentifierTree;
  }

  private boolean isInside(TypeElement owner) {
    for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof ClassTree
          && trees.getElement(at) instanceof TypeElement type
          && methods.isBelow(type, owner)) {
        return true;
      }
    }
    return false;
  }

  private void checkDropped(MethodInvocationTree call, TreePath path) {
    if (!(trees.getElement(path) instanceof ExecutableElement called)) {
      return;
    }
    Optional<SubmittedMethod> async = methods.submitted(called);
    if (async.isEmpty() || async.get().hasCallback() || origins.isBatch(path)) {
      return;
    }
    origins
        .resultOf(path)
        .ifPresent(
            result ->
                report(
                    BodyRule.DROPPED_TASK,
                    call.getMethodSelect(),
                    CallText.of(call),
                    result,
                    async.get().method().getSimpleName().toString()));
  }

  private void checkWait(Tree at, String call, TreePath waitedFor) {
    Optional<SubmittedMethod> body = bodies.isEmpty() ? Optional.empty() : bodies.element();
    Optional<String> to = origins.poolOf(waitedFor);
    if (body.isEmpty() || to.isEmpty()) {
      return;
    }
    String from = body.get().pool();
    if (from.equals(to.get())) {
      report(BodyRule.WAIT_IN_POOL, at, call, from, body.get().signature());
    } else {
      waits.add(from, to.get()).ifPresent(cycle -> report(BodyRule.POOL_CYCLE, at, cycle));
    }
  }

  private void checkCommonPool(MethodInvocationTree tree, ExecutableElement called) {
    Optional<SubmittedMethod> run = runs.isEmpty() ? Optional.empty() : runs.element();
    if (run.isPresent()) {
      CommonPoolUse.remedy(called)
          .ifPresent(
              remedy ->
                  report(
                      BodyRule.COMMON_POOL,
                      tree.getMethodSelect(),
                      CallText.of(tree),
                      run.get().pool(),
                      run.get().signature(),
                      remedy));
    }
  }

  private void report(BodyRule rule, Tree at, String... arguments) {
    findings.accept(new BodyFinding(rule, unit, at, enclosing(Tree.class), List.of(arguments)));
  }

  /** The innermost declaration around the place, of the wanted kind of tree. */
  private @Nullable Element enclosing(Class<? extends Tree> kind) {
    @Nullable Element found = null;
    for (TreePath at = getCurrentPath(); at != null && found == null; at = at.getParentPath()) {
      Tree leaf = at.getLeaf();
      boolean isDeclaration =
          leaf instanceof MethodTree || leaf instanceof ClassTree || leaf instanceof VariableTree;
      if (isDeclaration && kind.isInstance(leaf)) {
        found = trees.getElement(at);
      }
    }
    return found;
  }
}

package dev.poolwright.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.poolwright.processor.model.ProxyNames;
import dev.poolwright.processor.model.RuntimeNames;
import dev.poolwright.processor.report.InternalFailure;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;

/** Looks at the body of each class as soon as the compiler has attributed it. */
public final class BodyChecks implements TaskListener {

  /** The compilations that are watched already, by the plugin or by the processor. */
  private static final Set<JavacTask> WATCHED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private static final String GENERATED = RuntimeNames.GENERATED.canonicalName();

  private final JavacTask task;
  private final Trees trees;
  private final AsyncMethods methods;
  private final PoolWaits waits = new PoolWaits();
  private final Consumer<BodyFinding> findings;

  private BodyChecks(
      JavacTask task,
      Function<TypeElement, List<SubmittedMethod>> reader,
      Consumer<BodyFinding> findings) {
    this.task = task;
    this.trees = Trees.instance(task);
    this.methods = new AsyncMethods(task.getElements(), task.getTypes(), reader);
    this.findings = findings;
  }

  /**
   * Watches a compilation; a second call for the same one does nothing.
   *
   * @param task the compilation
   * @param reader tells what a class submits, as proxies do it
   * @param findings takes what is found, on the compiler's thread
   */
  public static void watch(
      JavacTask task,
      Function<TypeElement, List<SubmittedMethod>> reader,
      Consumer<BodyFinding> findings) {
    if (WATCHED.add(task)) {
      task.addTaskListener(new BodyChecks(task, reader, findings));
    }
  }

  /**
   * Whether any compilation is watched, also one that hides itself from its processors.
   *
   * @return whether there is one
   */
  public static boolean isWatching() {
    return !WATCHED.isEmpty();
  }

  /**
   * Checks an attributed class; the compiler tells of top-level classes, and nested ones are in
   * them.
   */
  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.COMPILATION) {
      WATCHED.remove(task); // build daemons compile on in the same JVM
    }
    TypeElement type = event.getTypeElement();
    if (event.getKind() != TaskEvent.Kind.ANALYZE || type == null || isProxy(type)) {
      return;
    }
    ClassTree tree = trees.getTree(type);
    CompilationUnitTree unit = event.getCompilationUnit();
    if (tree == null || unit == null) {
      return;
    }
    try {
      TreePath path = trees.getPath(unit, tree);
      new BodyScanner(trees, methods, waits, unit, findings).scan(path, null);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      findings.accept(
          new BodyFinding(
              BodyRule.INTERNAL,
              unit,
              tree,
              type,
              List.of(type.toString(), InternalFailure.trace(e))));
    }
  }

  /** Whether the processor wrote the class: there is nothing to find in it. */
  private static boolean isProxy(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .filter(each -> each.getAnnotationType().toString().equals(GENERATED))
        .flatMap(each -> each.getElementValues().values().stream())
        .anyMatch(by -> by.toString().contains(ProxyNames.PROXY_WRITER));
  }
}

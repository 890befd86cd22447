package dev.poolwright.processor.body;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.report.LintOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;

/** Prints what method bodies have wrong, at their places. Only javac can load it. */
public final class BodyReport {

  private final Trees trees;
  private final LintOption lint;
  private final Set<List<Object>> said = new HashSet<>();

  private BodyReport(Trees trees, LintOption lint) {
    this.trees = trees;
    this.lint = lint;
  }

  /** Watches a compilation; does nothing when it is watched already. */
  public static void start(JavacTask task, LintOption lint) {
    BodyChecks.watch(
        task, new SubmittedMethods(task), new BodyReport(Trees.instance(task), lint)::print);
  }

  /**
   * Watches the compilation of a processor.
   *
   * @return whether the compiler lets itself be watched
   */
  public static boolean start(ProcessingEnvironment environment) {
    try {
      start(
          JavacTask.instance(environment),
          LintOption.read(environment.getOptions().get(LintOption.NAME)));
      return true;
    } catch (IllegalArgumentException wrapped) {
      return BodyChecks.isWatching(); // by the plugin, which no environment hides from the compiler
    }
  }

  private void print(BodyFinding finding) {
    DiagnosticId id = idOf(finding.rule());
    String text = id.text(finding.arguments().toArray());
    lint.kind(id, finding.inside())
        .filter(kind -> said.add(List.of(id, finding.at())))
        .ifPresent(kind -> trees.printMessage(kind, text, finding.at(), finding.unit()));
  }

  private static DiagnosticId idOf(BodyRule rule) {
    return switch (rule) {
      case DIRECT_CALL -> DiagnosticId.ASYNC_DIRECT_CALL;
      case DROPPED_TASK -> DiagnosticId.ASYNC_DROPPED_TASK;
      case WAIT_IN_POOL -> DiagnosticId.ASYNC_WAIT_IN_POOL;
      case POOL_CYCLE -> DiagnosticId.ASYNC_POOL_CYCLE;
      case COMMON_POOL -> DiagnosticId.ASYNC_COMMON_POOL;
      case INNER_CLASS -> DiagnosticId.ASYNC_INNER_CLASS;
      case INTERNAL -> DiagnosticId.ASYNC_INTERNAL;
    };
  }
}

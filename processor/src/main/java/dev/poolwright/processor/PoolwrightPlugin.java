package dev.poolwright.processor;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import dev.poolwright.processor.body.BodyReport;
import dev.poolwright.processor.report.LintOption;

/**
 * The body checks as a javac plugin, for builds that hide the compiler from its processors: {@code
 * -Xplugin:Poolwright}, or with entries of the lint option {@code "-Xplugin:Poolwright
 * all,-AsyncDirectCall"}.
 */
@AutoService(Plugin.class)
public final class PoolwrightPlugin implements Plugin {

  /** Called by the compiler through the service. */
  public PoolwrightPlugin() {}

  @Override
  public String getName() {
    return "Poolwright";
  }

  @Override
  public void init(JavacTask task, String... arguments) {
    BodyReport.start(task, LintOption.read(String.join(",", arguments)));
  }
}

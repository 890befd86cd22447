package dev.poolwright.samples.jars;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.samples.Progress;
import dev.poolwright.samples.WrongArgument;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Inspects every jar under a directory in worker JVMs, as many as there are CPUs. */
@Command(name = "jars", description = "Inspects every jar under a directory in worker JVMs.")
public final class JarsCommand implements Callable<Integer> {

  private final AsyncJarInspector inspector;
  private final Progress progress;
  private final PrintWriter out;

  @Mixin private JarFolder folder = new JarFolder();

  @Option(
      names = "--rows",
      defaultValue = "20",
      description = "Most jars in the table, the largest first (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--sabotage", description = "Crash one worker JVM on purpose, half-way.")
  private boolean sabotage;

  @Inject
  JarsCommand(AsyncJarInspector inspector, Progress progress, PrintWriter out) {
    this.inspector = inspector;
    this.progress = progress;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rows < 0) {
      throw new WrongArgument("--rows is " + rows + "; must be 0 or more");
    }
    List<Path> jars = folder.jars(out);
    if (jars.isEmpty()) {
      return 1;
    }
    long startNanos = System.nanoTime();
    Map<Path, Task<JarReport>> tasks = new LinkedHashMap<>();
    Optional<Task<Void>> crash = Optional.empty();
    try (Progress.Display display = progress.begin("Jars");
        Batch<JarReport> batch =
            inspector.inspectAll(
                jars.stream().map(Path::toString).toList(),
                MapOption.progress(now -> display.update(now.done(), jars.size())))) {
      Iterator<Path> paths = jars.iterator();
      for (Task<JarReport> task : batch.tasks()) {
        tasks.put(paths.next(), task);
        if (sabotage && tasks.size() == jars.size() / 2) {
          crash = Optional.of(inspector.crash());
        }
      }
      Tasks.await(tasks.values(), WaitFor.ALL_COMPLETED);
    }
    JarTable table = new JarTable(folder.directory(), tasks);
    table.print(out, rows, System.nanoTime() - startNanos);
    crash.ifPresent(task -> out.printf("Sabotage: %s%n", JarTable.failure(task)));
    return table.hasReports() ? 0 : 1;
  }
}

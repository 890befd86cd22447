package dev.poolwright.samples.jars;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Inspects every jar under a directory in worker JVMs, as many as there are CPUs. */
@Command(
    name = "jars",
    description = "Inspects every jar under a directory in worker JVMs.",
    mixinStandardHelpOptions = true)
public final class JarsCommand implements Callable<Integer> {

  private final AsyncJarInspector inspector;
  private final PrintWriter out;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Where to look; the local Maven repository by default.")
  private Path directory = Path.of(System.getProperty("user.home", ""), ".m2", "repository");

  @Option(
      names = "--rows",
      defaultValue = "20",
      description = "Most jars in the table, the largest first (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--sabotage", description = "Crash one worker JVM on purpose, half-way.")
  private boolean sabotage;

  @Inject
  JarsCommand(AsyncJarInspector inspector, PrintWriter out) {
    this.inspector = inspector;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> jars = jars();
    if (jars.isEmpty()) {
      out.printf("There is no jar under %s%n", directory);
      return 1;
    }
    long startNanos = System.nanoTime();
    Map<Path, Task<JarReport>> tasks = new LinkedHashMap<>();
    Optional<Task<Void>> crash = Optional.empty();
    try (ProgressBar bar = new ProgressBar("Jars", jars.size());
        Batch<JarReport> batch =
            inspector.inspectAll(
                jars.stream().map(Path::toString).toList(),
                MapOption.progress(progress -> bar.stepTo(progress.done())))) {
      Iterator<Path> paths = jars.iterator();
      for (Task<JarReport> task : batch.tasks()) {
        tasks.put(paths.next(), task);
        if (sabotage && tasks.size() == jars.size() / 2) {
          crash = Optional.of(inspector.crash());
        }
      }
      Tasks.await(tasks.values(), WaitFor.ALL_COMPLETED);
    }
    JarTable table = new JarTable(directory, tasks);
    table.print(out, rows, System.nanoTime() - startNanos);
    crash.ifPresent(task -> out.printf("Sabotage: %s%n", JarTable.failure(task)));
    return 0;
  }

  private List<Path> jars() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}

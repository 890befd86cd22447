package dev.poolwright.samples.jars;

import dev.poolwright.Task;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
  public Integer call() throws IOException {
    List<Path> jars = jars();
    if (jars.isEmpty()) {
      out.printf("There is no jar under %s%n", directory);
      return 1;
    }
    long startNanos = System.nanoTime();
    Map<Path, Task<JarReport>> tasks = new LinkedHashMap<>();
    Optional<Task<Void>> crash = Optional.empty();
    try (ProgressBar bar = new ProgressBar("Jars", jars.size())) {
      for (Path jar : jars) {
        if (sabotage && tasks.size() == jars.size() / 2) {
          crash = Optional.of(inspector.crash());
        }
        tasks.put(jar, inspector.inspect(jar.toString()).onDone(task -> bar.step()));
      }
      tasks.values().forEach(task -> task.handle((report, failure) -> bar).join());
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

package dev.poolwright.samples.jars;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.WaitFor;
import dev.poolwright.samples.Progress;
import dev.poolwright.samples.Text;
import dev.poolwright.samples.WrongArgument;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Inspects every jar under a directory in worker JVMs, as many as there are CPUs. */
@Command(name = "jars", description = "Inspects every jar under a directory in worker JVMs.")
public final class JarsCommand implements Callable<Integer> {

  private final AsyncJarInspector inspector;
  private final Progress progress;
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
    if (!Files.isDirectory(directory)) {
      throw new WrongArgument("there is no folder " + directory);
    }
    List<Path> jars = jars(directory, out);
    if (jars.isEmpty()) {
      out.printf("There is no jar under %s; name another folder%n", Text.line(directory));
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
    JarTable table = new JarTable(directory, tasks);
    table.print(out, rows, System.nanoTime() - startNanos);
    crash.ifPresent(task -> out.printf("Sabotage: %s%n", JarTable.failure(task)));
    return table.hasReports() ? 0 : 1;
  }

  /** All jars under a directory; tells what cannot be read. */
  static List<Path> jars(Path directory, PrintWriter out) throws IOException {
    List<Path> jars = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".jar")) {
              jars.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            out.printf("Not readable: %s%n", Text.line(file));
            return FileVisitResult.CONTINUE;
          }
        });
    return jars.stream().sorted().toList();
  }
}

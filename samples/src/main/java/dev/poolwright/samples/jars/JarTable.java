package dev.poolwright.samples.jars;

import dev.poolwright.Task;
import dev.poolwright.samples.Text;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** What is in the jars, for people. */
final class JarTable {

  private final Path directory;
  private final Map<Path, Task<JarReport>> tasks;

  JarTable(Path directory, Map<Path, Task<JarReport>> tasks) {
    this.directory = directory;
    this.tasks = tasks;
  }

  void print(PrintWriter out, int rows, long tookNanos) {
    out.printf(
        "%12s  %7s  %7s  %4s  %-10s  %-40s  %s%n",
        "bytes", "entries", "classes", "Java", "SHA-256", "largest class", "jar");
    tasks.entrySet().stream()
        .filter(entry -> !entry.getValue().isCompletedExceptionally())
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().resultNow().bytes()))
        .limit(rows)
        .forEach(entry -> printRow(out, entry.getKey(), entry.getValue().resultNow()));
    tasks.forEach(
        (jar, task) -> {
          if (task.isCompletedExceptionally()) {
            out.printf("failed %s: %s%n", Text.line(directory.relativize(jar)), failure(task));
          }
        });
    out.printf(
        Locale.ROOT,
        "%,d jars with %,d classes in %,d ms, by %d worker JVMs.%n",
        tasks.size(),
        reports().mapToLong(JarReport::classes).sum(),
        tookNanos / 1_000_000,
        reports().mapToLong(JarReport::pid).distinct().count());
  }

  boolean hasReports() {
    return reports().findAny().isPresent();
  }

  /** Waits for a task that fails, and says why in one line. */
  static String failure(Task<?> task) {
    try {
      return "ended well: " + task.join();
    } catch (CompletionException e) {
      return Text.line(String.valueOf(e.getCause()).lines().findFirst().orElse(""));
    }
  }

  private Stream<JarReport> reports() {
    return tasks.values().stream()
        .filter(task -> !task.isCompletedExceptionally())
        .map(Task::resultNow);
  }

  private void printRow(PrintWriter out, Path jar, JarReport report) {
    out.printf(
        Locale.ROOT,
        "%,12d  %7d  %7d  %4s  %-10.10s  %-40.40s  %s%n",
        report.bytes(),
        report.entries(),
        report.classes(),
        report.newestJava() == 0 ? "" : report.newestJava(),
        report.sha256(),
        Text.line(report.largestClass().replaceFirst(".*/", "")),
        Text.line(directory.relativize(jar).getFileName()));
  }
}

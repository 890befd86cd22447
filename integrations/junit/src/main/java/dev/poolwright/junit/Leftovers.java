package dev.poolwright.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Threads, worker JVMs and files of pools, whichever made them.
 *
 * @param traces what names each
 */
record Leftovers(Set<String> traces) {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String PACKAGE = "dev.poolwright.";
  private static final String NAME = "poolwright";

  static Leftovers look() {
    Set<String> traces =
        Stream.of(threads(), processes(), files())
            .flatMap(found -> found)
            .collect(Collectors.toSet());
    return new Leftovers(traces);
  }

  private static Stream<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getClass().getName().startsWith(PACKAGE + "internal.")
                    || thread.getName().startsWith(NAME + "-"))
        .map(thread -> "thread " + thread.getName());
  }

  private static Stream<String> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(Leftovers::isWorker)
        .map(process -> "worker JVM " + process.pid());
  }

  private static boolean isWorker(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> Stream.of(arguments).anyMatch(each -> each.contains(PACKAGE)))
        .orElse(false);
  }

  private static Stream<String> files() {
    String own = NAME + ProcessHandle.current().pid() + "-";
    return Stream.of(System.getProperty("java.io.tmpdir"), System.getenv("XDG_RUNTIME_DIR"))
        .filter(folder -> folder != null && !folder.isEmpty())
        .distinct()
        .flatMap(folder -> filesOf(Path.of(folder), own));
  }

  private static Stream<String> filesOf(Path folder, String prefix) {
    try (Stream<Path> all = Files.list(folder)) {
      return all
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(file -> "file " + file)
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty(); // Where no files can be listed, none are left.
    }
  }

  /** Waits until nothing is there that is not here; what is after some seconds. */
  List<String> awaitNoneNew() throws InterruptedException {
    long start = System.nanoTime();
    List<String> left = newIn(look());
    while (!left.isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
      TimeUnit.MILLISECONDS.sleep(5); // Ends of threads and processes have no event to wait for.
      left = newIn(look());
    }
    return left.stream().map(trace -> "left behind: " + trace).toList();
  }

  private List<String> newIn(Leftovers now) {
    List<String> all = new ArrayList<>(now.traces);
    all.removeAll(traces);
    all.sort(null);
    return all;
  }
}

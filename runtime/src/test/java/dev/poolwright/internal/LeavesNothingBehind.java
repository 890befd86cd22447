package dev.poolwright.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks, after each test, that nothing of ours is left which was not there before: child
 * processes, threads, files and file descriptors. What ends by itself gets some seconds to do so.
 *
 * <pre>{@code
 * @ExtendWith(LeavesNothingBehind.class)
 * }</pre>
 */
public final class LeavesNothingBehind implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeavesNothingBehind.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** The JDK opens some of its own, such as jars and its random device. */
  private static final int SPARE_DESCRIPTORS = 8;

  /** Threads of the JDK and of the test's machinery, that outlive a test. */
  private static final List<String> FOREIGN_THREADS =
      List.of(
          "process reaper",
          "CompletableFutureDelayScheduler",
          "ForkJoinPool.commonPool",
          "ForkJoinPool-1-", // carries virtual threads
          "VirtualThread-",
          "MasterPoller",
          "Read-Poller",
          "Write-Poller",
          "Common-Cleaner",
          "Cleaner-",
          "junit-",
          "surefire",
          "Attach Listener",
          "Finalizer",
          "Reference Handler",
          "Signal Dispatcher",
          "Notification Thread",
          "main");

  private record Traces(Set<Long> children, Set<Thread> threads, Set<String> files, long handles) {}

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    context.getStore(NAMESPACE).put(Traces.class, look());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
    Traces before = context.getStore(NAMESPACE).get(Traces.class, Traces.class);
    long start = System.nanoTime();
    String left = left(before, look());
    while (!left.isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
      TimeUnit.MILLISECONDS.sleep(10); // Ends of processes and threads have no event to wait for.
      left = left(before, look());
    }
    assertTrue(left.isEmpty(), "left behind: " + left);
  }

  private static Traces look() throws IOException {
    Set<Long> children =
        ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    Set<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(LeavesNothingBehind::isOurs)
            .collect(Collectors.toSet());
    return new Traces(children, threads, files(), handles());
  }

  private static boolean isOurs(Thread thread) {
    return FOREIGN_THREADS.stream().noneMatch(thread.getName()::startsWith);
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      String own = "poolwright" + ProcessHandle.current().pid() + "-";
      return all.filter(file -> file.getFileName().toString().startsWith(own))
          .map(Path::toString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static long handles() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(own)) {
      return all.count();
    }
  }

  private static String left(Traces before, Traces now) {
    Set<Long> children = new TreeSet<>(now.children);
    children.removeAll(before.children);
    String threads =
        now.threads.stream()
            .filter(thread -> !before.threads.contains(thread))
            .map(Thread::getName)
            .collect(Collectors.joining(", "));
    Set<String> files = new TreeSet<>(now.files);
    files.removeAll(before.files);
    return (children.isEmpty() ? "" : "processes " + children + "; ")
        + (threads.isEmpty() ? "" : "threads " + threads + "; ")
        + (files.isEmpty() ? "" : "files " + files + "; ")
        + (now.handles > before.handles + SPARE_DESCRIPTORS
            ? "descriptors " + before.handles + " -> " + now.handles
            : "");
  }
}

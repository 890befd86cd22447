package dev.poolwright.benchmarks;

import dev.poolwright.Pools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast worker JVMs come and go. Its {@code main} is the parent that is measured, or killed;
 * {@link ProcessBenchmark} starts it.
 */
public final class StartBenchmark {

  private static final int RUNS = 15;
  private static final long LOOK_NANOS = 100_000;

  private StartBenchmark() {}

  /**
   * A parent JVM.
   *
   * @param args "fresh" prints the milliseconds to its first result; "idle" and "busy" print the
   *     process id of a worker, and wait to be killed
   * @throws InterruptedException never, in practice
   */
  public static void main(String[] args) throws InterruptedException {
    switch (args[0]) {
      case "fresh" -> {
        double millis = first();
        System.out.println(millis);
      }
      case "idle", "busy" -> {
        try (Pools pools = ProcessBenchmark.pools(1)) {
          AsyncRemoteWork work = new AsyncRemoteWork(pools);
          long pid = work.pid().join();
          if (args[0].equals("busy")) {
            var unused = work.spin();
          }
          System.out.println(pid);
          Thread.currentThread().join(); // Of itself: for good.
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** From the first call of the library to the first result. */
  private static double first() {
    long start = System.nanoTime();
    try (Pools pools = ProcessBenchmark.pools(1)) {
      ProcessBenchmark.check(new AsyncRemoteWork(pools).next(1).join(), 2);
      return ProcessBenchmark.millisSince(start);
    }
  }

  /** In parents that have not used a pool before. */
  static void fresh() throws IOException, InterruptedException, TimeoutException {
    Figures.print("cold-start-fresh-parent", "ms", 1, RUNS, StartBenchmark::firstInFresh);
  }

  private static double firstInFresh() throws IOException, InterruptedException {
    Process parent = parent("fresh");
    try (BufferedReader out = output(parent)) {
      double millis = Double.parseDouble(out.readLine());
      parent.waitFor();
      return millis;
    }
  }

  /** In a parent that has used pools for a while. */
  static void warm() throws IOException, InterruptedException, TimeoutException {
    Figures.print("cold-start-warm-parent", "ms", 3, RUNS, StartBenchmark::first);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** In a pool whose workers are killed. */
  static void next() throws IOException, InterruptedException, TimeoutException {
    try (Pools pools = ProcessBenchmark.pools(1)) {
      AsyncRemoteWork work = new AsyncRemoteWork(pools);
      Figures.print("cold-start-next-worker", "ms", 3, RUNS, () -> firstOfNext(work));
    }
  }

  private static double firstOfNext(AsyncRemoteWork work) {
    long start = System.nanoTime();
    ProcessBenchmark.check(work.next(1).join(), 2);
    double millis = ProcessBenchmark.millisSince(start);
    ProcessHandle worker = ProcessHandle.of(work.pid().join()).orElseThrow();
    if (!worker.destroyForcibly()) {
      throw new IllegalStateException("cannot kill " + worker);
    }
    ProcessHandle unused = worker.onExit().join();
    return millis;
  }

  /** From the SIGKILL of a parent to the end of its worker. */
  static void orphans() throws IOException, InterruptedException, TimeoutException {
    Figures.print("parent-kill-to-idle-worker-gone", "ms", 1, RUNS, () -> orphan("idle"));
    Figures.print("parent-kill-to-busy-worker-gone", "ms", 1, RUNS, () -> orphan("busy"));
  }

  private static double orphan(String how) throws IOException, InterruptedException {
    Process parent = parent(how);
    try (BufferedReader out = output(parent)) {
      long worker = Long.parseLong(out.readLine());
      long start = System.nanoTime();
      parent.destroyForcibly();
      while (isAlive(worker)) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      double millis = ProcessBenchmark.millisSince(start);
      parent.waitFor();
      return millis;
    }
  }

  /** Not so once it has ended; the system's first process may take its time to notice that. */
  private static boolean isAlive(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return ProcessHandle.of(pid).isPresent();
    }
  }

  private static Process parent(String how) throws IOException {
    return new ProcessBuilder(
            java(),
            "-cp",
            System.getProperty("java.class.path"),
            StartBenchmark.class.getName(),
            how)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}

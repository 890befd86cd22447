package dev.poolwright.benchmarks;

import dev.poolwright.Pools;
import dev.poolwright.VirtualPoolConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A pool of virtual threads beside what is written by hand for the same bound: {@code
 * newVirtualThreadPerTaskExecutor} with a semaphore, which the submitter takes and the task gives
 * back. Tasks that do nothing, and tasks that sleep. For Java 21 and newer. Lines {@code name:
 * median unit (least to greatest)}.
 *
 * <p>{@code java -cp ... dev.poolwright.benchmarks.VirtualBenchmark}
 */
public final class VirtualBenchmark {

  private static final int WARM_UP = 3;
  private static final int RUNS = 7;
  private static final int TINY = 200_000;
  private static final int SLEEPING = 20_000;
  private static final int SLEEP_MILLIS = 20;

  private VirtualBenchmark() {}

  /** How tasks are submitted under the bound. */
  @FunctionalInterface
  private interface Way {
    Future<?> submit(Callable<Integer> task) throws InterruptedException;
  }

  /**
   * Measures and prints.
   *
   * @param args none
   * @throws ReflectiveOperationException before Java 21
   * @throws IOException never, in practice
   * @throws InterruptedException never, in practice
   * @throws TimeoutException never, in practice
   */
  public static void main(String[] args)
      throws ReflectiveOperationException, IOException, InterruptedException, TimeoutException {
    ExecutorService raw =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      for (int bound : new int[] {100, 10_000}) {
        Semaphore places = new Semaphore(bound);
        Way byHand =
            task -> {
              places.acquire();
              return raw.submit(
                  () -> {
                    try {
                      return task.call();
                    } finally {
                      places.release();
                    }
                  });
            };
        VirtualPoolConfig config = VirtualPoolConfig.named("web").maxWorkers(bound);
        try (Pools pools = Pools.builder().pool(config).build()) {
          measure(bound, "semaphore", byHand);
          measure(bound, "pool", pools.pool("web")::submit);
        }
      }
    } finally {
      raw.shutdown();
    }
  }

  private static void measure(int bound, String name, Way way)
      throws IOException, InterruptedException, TimeoutException {
    String where = name + ", " + bound + " at once, ";
    Figures.print(
        where + "tiny", "us a task", WARM_UP, RUNS, () -> micros(way, TINY, 0) / (double) TINY);
    Figures.print(
        where + "sleeping",
        "ms for " + SLEEPING,
        WARM_UP,
        RUNS,
        () -> micros(way, SLEEPING, SLEEP_MILLIS) / 1_000.0);
  }

  private static long micros(Way way, int tasks, int sleepMillis) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(tasks);
    Callable<Integer> task =
        () -> {
          if (sleepMillis > 0) {
            TimeUnit.MILLISECONDS.sleep(sleepMillis);
          }
          left.countDown();
          return 1;
        };
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      Future<?> unused = way.submit(task);
    }
    left.await();
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
  }
}

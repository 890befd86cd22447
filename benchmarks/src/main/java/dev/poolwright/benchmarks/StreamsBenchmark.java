package dev.poolwright.benchmarks;

import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Long streams of tiny tasks that are submitted by hand, with 1 to 512 workers: a pool and a raw
 * {@code ThreadPoolExecutor} in turns, each round on fresh workers. Lines {@code name: value unit}:
 * the median and the 90th percentile of nanoseconds for each task, and their ratios to the median
 * of the raw executor. A slow mode that lasts shows in the 90th percentile.
 *
 * <p>{@code java -Xms3g -Xmx3g -cp ... dev.poolwright.benchmarks.StreamsBenchmark [ROUNDS]}; the
 * first fifth of the rounds warms up. The first lines, "cold", are about the first 20,000 tasks of
 * a JVM, so they are worth something in several runs only.
 */
public final class StreamsBenchmark {

  private static final int TASKS = 200_000;
  private static final int[][] WORKERS_SUBMITTERS_QUEUE = {
    {1, 1, 1_024},
    {2, 1, 1_024},
    {2, 1, 1 << 21},
    {3, 1, 1_024},
    {4, 1, 1_024},
    {2, 4, 1_024},
    {8, 1, 1_024},
    {8, 4, 1_024},
    {64, 1, 1_024},
    {512, 2, 1_024}
  };

  private StreamsBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args the number of rounds, 30 if left out
   * @throws InterruptedException never, in practice
   * @throws ExecutionException when something fails that should not
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    boolean poolFirst = (System.nanoTime() & 1_024) == 0;
    for (boolean isPool : new boolean[] {poolFirst, !poolFirst}) {
      String order = isPool == poolFirst ? "first" : "second";
      print("cold-" + (isPool ? "pool-" : "raw-") + order, round(isPool, 2, 1, 1_024, 20_000));
    }
    for (int[] setting : WORKERS_SUBMITTERS_QUEUE) {
      measure(setting[0], setting[1], setting[2], rounds);
    }
  }

  private static void measure(int workers, int submitters, int queue, int rounds)
      throws InterruptedException, ExecutionException {
    int warmUp = rounds / 5;
    double[] raw = new double[rounds - warmUp];
    double[] pool = new double[rounds - warmUp];
    for (int round = -warmUp; round < raw.length; round++) {
      double ofRaw = round(false, workers, submitters, queue, TASKS);
      double ofPool = round(true, workers, submitters, queue, TASKS);
      if (round >= 0) {
        raw[round] = ofRaw;
        pool[round] = ofPool;
      }
    }
    Arrays.sort(raw);
    Arrays.sort(pool);
    String setting =
        "stream-%d-workers-%d-submitters-%d-queue-".formatted(workers, submitters, queue);
    print(setting + "raw-p50", at(raw, 50));
    print(setting + "raw-p90", at(raw, 90));
    print(setting + "pool-p50", at(pool, 50));
    print(setting + "pool-p90", at(pool, 90));
    ratio(setting + "to-raw-p50", at(pool, 50) / at(raw, 50));
    ratio(setting + "to-raw-p90", at(pool, 90) / at(raw, 50));
  }

  private static double at(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static void print(String name, double nanos) {
    System.out.printf(Locale.ROOT, "%s: %.0f ns%n", name, nanos);
  }

  private static void ratio(String name, double ratio) {
    System.out.printf(Locale.ROOT, "%s: %.2f ratio%n", name, ratio);
  }

  /** Nanoseconds for each task, from the first submit to the last result. */
  private static double round(boolean isPool, int workers, int submitters, int queue, int tasks)
      throws InterruptedException, ExecutionException {
    if (isPool) {
      var config = ThreadPoolConfig.named("stream").maxWorkers(workers).queueCapacity(queue);
      try (Pools pools = Pools.builder().pool(config).build()) {
        return stream(pools.pool("stream"), submitters, tasks);
      }
    }
    ThreadPoolExecutor raw =
        new ThreadPoolExecutor(
            workers,
            workers,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(queue),
            StreamsBenchmark::holdBack);
    try {
      return stream(raw, submitters, tasks);
    } finally {
      raw.shutdown();
    }
  }

  private static double stream(ExecutorService executor, int submitters, int tasks)
      throws InterruptedException, ExecutionException {
    List<FutureTask<?>> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < submitters; i++) {
      FutureTask<?> submits = new FutureTask<>(() -> submit(executor, tasks / submitters));
      all.add(submits);
      new Thread(submits, "submitter").start();
    }
    for (FutureTask<?> submits : all) {
      submits.get();
    }
    return (System.nanoTime() - start) / (double) tasks;
  }

  private static int submit(ExecutorService executor, int count)
      throws InterruptedException, ExecutionException {
    List<Future<Integer>> futures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      Callable<Integer> task = () -> number;
      futures.add(executor.submit(task));
    }
    int sum = 0;
    for (Future<Integer> future : futures) {
      sum += future.get();
    }
    return sum;
  }

  private static void holdBack(Runnable task, ThreadPoolExecutor executor) {
    try {
      executor.getQueue().put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(e);
    }
  }
}

package dev.poolwright.benchmarks;

import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.Tasks;
import dev.poolwright.ThreadPoolConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Every way in, with tiny calls and two workers: generated code beside what is done by hand and
 * beside the JDK's own. The two of a pair take turns. Lines {@code name: median unit (least to
 * greatest)}, and the ratio of the medians, which is above 1 where ours is faster.
 *
 * <p>{@code java -Xms3g -cp ... dev.poolwright.benchmarks.WaysBenchmark [PART [WAY...]]}: threads
 * or processes, both if left out; of that part only the pairs whose first ways are named.
 */
public final class WaysBenchmark {

  private static final int WARM_UP = 3;
  private static final int RUNS = 7;
  private static final List<Integer> MANY = IntStream.range(0, 1_000_000).boxed().toList();
  private static final List<Integer> FEWER = MANY.subList(0, 200_000);
  private static final Set<String> CHOSEN = new HashSet<>();

  private WaysBenchmark() {}

  /** A way, once through. */
  @FunctionalInterface
  private interface Way {
    void run() throws InterruptedException, ExecutionException;
  }

  /**
   * Measures and prints.
   *
   * @param args the part to measure, and the ways
   * @throws InterruptedException never, in practice
   * @throws ExecutionException when something fails that should not
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    CHOSEN.addAll(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
    ThreadPoolExecutor raw =
        new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try (Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(2))
            .pool(ThreadPoolConfig.named("long").maxWorkers(2).queueCapacity(1_000_000))
            .build()) {
      if (args.length == 0 || args[0].equals("threads")) {
        threads(new AsyncNumbers(new Numbers(), pools), pools.pool("two"), raw);
        likeRaw(pools.pool("long"), raw);
      }
      if (args.length == 0 || args[0].equals("processes")) {
        processes(new AsyncRemoteWork(pools), pools.pool("cpu"));
      }
    } finally {
      raw.shutdown();
    }
  }

  private static void threads(AsyncNumbers numbers, Pool pool, ThreadPoolExecutor raw)
      throws InterruptedException, ExecutionException {
    pair(
        1_000_000,
        "batch-lambda",
        () -> check(pool.map((Integer i) -> i + 1, MANY).toList(), MANY),
        "batch-generated",
        () -> check(numbers.nextAll(MANY).toList(), MANY));
    pair(
        1_000_000,
        "batch-by-completion",
        () -> check(values(numbers.nextAll(MANY).asCompleted()), MANY),
        "batch-in-order",
        () -> check(numbers.nextAll(MANY).toList(), MANY));
    pair(
        200_000,
        "batch-lambda-chunks-of-1",
        () -> check(pool.map((Integer i) -> i + 1, FEWER, MapOption.chunkSize(1)).toList(), FEWER),
        "batch-generated-chunks-of-1",
        () -> check(numbers.nextAll(FEWER, MapOption.chunkSize(1)).toList(), FEWER));
    List<Callable<Integer>> work = callables(100_000);
    pair(
        100_000,
        "invoke-all",
        () -> join(pool.invokeAll(work)),
        "invoke-all-raw",
        () -> join(raw.invokeAll(work)));
    pair(200_000, "execute", () -> execute(pool), "execute-raw", () -> execute(raw));
    pair(
        100_000,
        "five-stages",
        () -> stages(numbers::next),
        "five-stages-raw",
        () -> stages(i -> CompletableFuture.supplyAsync(() -> i + 1, raw)));
    pair(
        100_000,
        "all-of-1000",
        () -> hundredTimes(() -> Tasks.allOf(submitted(numbers)).join()),
        "all-of-1000-raw",
        () ->
            hundredTimes(
                () ->
                    CompletableFuture.allOf(
                            IntStream.range(0, 1_000)
                                .mapToObj(i -> CompletableFuture.supplyAsync(() -> i, raw))
                                .toArray(CompletableFuture<?>[]::new))
                        .join()));
    pair(
        100_000,
        "as-completed-1000",
        () -> hundredTimes(() -> values(Tasks.asCompleted(submitted(numbers)))),
        "completion-service-1000-raw",
        () -> hundredTimes(() -> takeAll(raw)));
  }

  /** With a queue as long as that of the plain executor, so that no submit waits for a place. */
  private static void likeRaw(Pool pool, ThreadPoolExecutor raw)
      throws InterruptedException, ExecutionException {
    List<Callable<Integer>> work = callables(100_000);
    pair(
        100_000,
        "invoke-all-long-queue",
        () -> join(pool.invokeAll(work)),
        "invoke-all-raw",
        () -> join(raw.invokeAll(work)));
    pair(200_000, "execute-long-queue", () -> execute(pool), "execute-raw", () -> execute(raw));
    pair(
        100_000,
        "five-stages-long-queue",
        () -> stages(i -> pool.submit(() -> i + 1)),
        "five-stages-raw",
        () -> stages(i -> CompletableFuture.supplyAsync(() -> i + 1, raw)));
  }

  private static void processes(AsyncRemoteWork work, Pool pool)
      throws InterruptedException, ExecutionException {
    pair(
        30_000,
        "processes-lambda",
        () -> join(IntStream.range(0, 30_000).mapToObj(i -> pool.submit(() -> i + 1)).toList()),
        "processes-generated",
        () -> join(IntStream.range(0, 30_000).mapToObj(work::next).toList()));
    pair(
        1_000_000,
        "processes-batch-lambda",
        () -> check(pool.map((Integer i) -> i + 1, MANY).toList(), MANY),
        "processes-batch-generated",
        () -> check(work.nextAll(MANY).toList(), MANY));
  }

  /** Measures two ways in turns. */
  private static void pair(int operations, String name, Way way, String otherName, Way other)
      throws InterruptedException, ExecutionException {
    if (!CHOSEN.isEmpty() && !CHOSEN.contains(name)) {
      return;
    }
    Figures ours = new Figures(name, "operations/s", RUNS);
    Figures others = new Figures(otherName, "operations/s", RUNS);
    double[] ratios = new double[RUNS];
    for (int run = -WARM_UP; run < RUNS; run++) {
      double rate = rate(operations, way);
      double otherRate = rate(operations, other);
      if (run >= 0) {
        ours.add(rate);
        others.add(otherRate);
        ratios[run] = rate / otherRate;
      }
    }
    ours.print();
    others.print();
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT, "%s-to-%s: %.2f ratio%n", name, otherName, ratios[ratios.length / 2]);
  }

  private static double rate(int operations, Way way)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    way.run();
    return operations * 1e9 / (System.nanoTime() - start);
  }

  private static void hundredTimes(Way way) throws InterruptedException, ExecutionException {
    for (int i = 0; i < 100; i++) {
      way.run();
    }
  }

  private static List<Callable<Integer>> callables(int count) {
    return IntStream.range(0, count).<Callable<Integer>>mapToObj(i -> () -> i + 1).toList();
  }

  private static List<Task<Integer>> submitted(AsyncNumbers numbers) {
    return IntStream.range(0, 1_000).mapToObj(numbers::next).toList();
  }

  private static void join(List<? extends Future<?>> futures)
      throws InterruptedException, ExecutionException {
    for (Future<?> future : futures) {
      future.get();
    }
  }

  private static List<Integer> values(Iterable<Task<Integer>> tasks) {
    List<Integer> values = new ArrayList<>();
    for (Task<Integer> task : tasks) {
      values.add(task.resultNow());
    }
    return values;
  }

  /** Each result is one more than its input, in whatever order. */
  private static void check(List<Integer> results, List<Integer> inputs) {
    long sum = 0;
    for (int result : results) {
      sum += result;
    }
    ProcessBenchmark.check(sum, (inputs.size() + 1L) * inputs.size() / 2);
  }

  private static void execute(Executor executor) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(200_000);
    for (int i = 0; i < 200_000; i++) {
      executor.execute(all::countDown);
    }
    all.await();
  }

  private static void stages(IntFunction<CompletableFuture<Integer>> first)
      throws InterruptedException, ExecutionException {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      CompletableFuture<Integer> last = first.apply(i);
      for (int stage = 0; stage < 5; stage++) {
        last = last.thenApply(x -> x + 1);
      }
      all.add(last);
    }
    join(all);
  }

  private static void takeAll(ThreadPoolExecutor raw)
      throws InterruptedException, ExecutionException {
    var service = new ExecutorCompletionService<Integer>(raw);
    List<Future<Integer>> unused = new ArrayList<>();
    for (Callable<Integer> callable : callables(1_000)) {
      unused.add(service.submit(callable));
    }
    for (int i = 0; i < 1_000; i++) {
      int ignored = service.take().get();
    }
  }
}

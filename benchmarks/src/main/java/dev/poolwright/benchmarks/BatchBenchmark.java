package dev.poolwright.benchmarks;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What tiny calls through a generated batch method cost on a pool of two threads; on worker JVMs
 * see {@link ProcessBenchmark}. Lines {@code name: median unit (least to greatest)}.
 *
 * <p>{@code java -cp ... dev.poolwright.benchmarks.BatchBenchmark [PART...]}; the parts are chunks,
 * completed and endless, all but the last by default: that one takes minutes.
 */
public final class BatchBenchmark {

  private static final int WARM_UP = 4;
  private static final int RUNS = 7;

  private BatchBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args the parts to measure
   * @throws IOException never, in practice
   * @throws InterruptedException never, in practice
   * @throws TimeoutException never, in practice
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    Set<String> parts = args.length > 0 ? Set.of(args) : Set.of("chunks", "completed");
    try (Pools pools = Pools.builder().build()) {
      AsyncNumbers numbers = new AsyncNumbers(new Numbers(), pools);
      List<Integer> few = IntStream.range(0, 500_000).boxed().toList();
      List<Integer> many = IntStream.range(0, 4_000_000).boxed().toList();
      if (parts.contains("chunks")) {
        line("threads-chunks-of-1", few, () -> numbers.nextAll(few, MapOption.chunkSize(1)));
        line(
            "threads-chunks-of-1000",
            many,
            () -> numbers.nextAll(many, MapOption.chunkSize(1_000)));
        line("threads-chunks-of-auto", many, () -> numbers.nextAll(many));
      }
      if (parts.contains("completed")) {
        Figures.print(
            "threads-as-completed", "calls/s", WARM_UP, RUNS, () -> asCompleted(numbers, few));
      }
      if (parts.contains("endless")) {
        endless(numbers);
      }
    }
  }

  private static void line(String name, List<Integer> inputs, Supplier<Batch<Integer>> call)
      throws IOException, InterruptedException, TimeoutException {
    Figures.print(name, "calls/s", WARM_UP, RUNS, () -> perSecond(inputs, call));
  }

  /**
   * Calls a second, as the thread that iterates sees it.
   *
   * @param inputs 0, 1, 2 and so on
   * @param call maps a method over them that adds one
   */
  static double perSecond(List<Integer> inputs, Supplier<Batch<Integer>> call) {
    long start = System.nanoTime();
    long sum = 0;
    try (Batch<Integer> results = call.get()) {
      for (int result : results) {
        sum += result;
      }
    }
    double perSecond = inputs.size() * 1e9 / (System.nanoTime() - start);
    ProcessBenchmark.check(sum, (inputs.size() + 1L) * inputs.size() / 2);
    return perSecond;
  }

  private static double asCompleted(AsyncNumbers numbers, List<Integer> inputs) {
    long start = System.nanoTime();
    long sum = 0;
    for (var task : numbers.nextAll(inputs, MapOption.chunkSize(1_000)).asCompleted()) {
      sum += task.resultNow();
    }
    double perSecond = inputs.size() * 1e9 / (System.nanoTime() - start);
    ProcessBenchmark.check(sum, (inputs.size() + 1L) * inputs.size() / 2);
    return perSecond;
  }

  /** Ten million elements of an endless iterable, through a buffer of two. */
  private static void endless(AsyncNumbers numbers)
      throws IOException, InterruptedException, TimeoutException {
    int count = 10_000_000;
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    Iterable<Integer> inputs = () -> IntStream.iterate(0, i -> i + 1).iterator();
    Figures heap = new Figures("threads-endless-heap-after-gc", "KiB", 10);
    long start = System.nanoTime();
    try (Batch<Integer> batch = numbers.nextAll(inputs, MapOption.buffer(2))) {
      Iterator<Integer> results = batch.iterator();
      for (int i = 1; i <= count; i++) {
        ProcessBenchmark.check(results.next(), i);
        if (i % (count / 10) == 0) {
          System.gc();
          heap.add(memory.getHeapMemoryUsage().getUsed() / 1024.0);
        }
      }
    }
    double perSecond = count * 1e9 / (System.nanoTime() - start);
    Figures.print("threads-endless-buffer-of-2", "calls/s", 0, 1, () -> perSecond);
    heap.print();
  }
}

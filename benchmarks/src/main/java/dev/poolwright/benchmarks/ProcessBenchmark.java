package dev.poolwright.benchmarks;

import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * What calls on worker JVMs cost, through generated code, two workers: lines {@code name: median
 * unit (least to greatest)}.
 *
 * <p>{@code java -cp ... dev.poolwright.benchmarks.ProcessBenchmark [PART...]}; the parts are
 * round-trip, unbatched, chunks, echo, lateness, start and orphans, all by default.
 */
public final class ProcessBenchmark {

  private static final int RUNS = 7;

  private ProcessBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args the parts to measure; none for all
   * @throws IOException when a JVM cannot be started
   * @throws InterruptedException never, in practice
   * @throws TimeoutException when a task that is stopped does not end
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    Set<String> parts =
        args.length > 0
            ? Set.of(args)
            : Set.of("round-trip", "unbatched", "chunks", "echo", "lateness", "start", "orphans");
    if (parts.contains("start")) {
      StartBenchmark.fresh();
    }
    if (parts.contains("orphans")) {
      StartBenchmark.orphans();
    }
    try (Pools pools = pools(2)) {
      AsyncRemoteWork work = new AsyncRemoteWork(pools);
      if (parts.contains("round-trip")) {
        roundTrips(work);
      }
      if (parts.contains("unbatched")) {
        Figures.print("unbatched", "calls/s", 3, RUNS, () -> unbatched(work));
      }
      if (parts.contains("chunks")) {
        chunks(work);
      }
      if (parts.contains("echo")) {
        byte[] bytes = new byte[8 << 20];
        Figures.print("echo-8-mib", "ms", 20, 30, () -> echo(work, bytes));
      }
      if (parts.contains("lateness")) {
        Figures.print("limit-lateness", "ms", 1, RUNS, () -> limitLateness(work));
        Figures.print("cancel-lateness", "ms", 1, RUNS, () -> cancelLateness(work));
      }
    }
    if (parts.contains("start")) {
      BareJvm.measure();
      StartBenchmark.warm();
      StartBenchmark.next();
    }
  }

  static Pools pools(int workers) {
    return Pools.builder()
        .pool(ProcessPoolConfig.named("cpu").maxWorkers(workers).queueCapacity(Integer.MAX_VALUE))
        .build();
  }

  private static void roundTrips(AsyncRemoteWork work) {
    Figures middle = new Figures("round-trip-p50", "us", RUNS);
    Figures high = new Figures("round-trip-p99", "us", RUNS);
    double[] micros = new double[5_000];
    for (int run = -4; run < RUNS; run++) {
      for (int i = 0; i < micros.length; i++) {
        long start = System.nanoTime();
        work.next(i).join();
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
      Arrays.sort(micros);
      if (run >= 0) {
        middle.add(micros[micros.length / 2]);
        high.add(micros[micros.length * 99 / 100]);
      }
    }
    middle.print();
    high.print();
  }

  private static double unbatched(AsyncRemoteWork work) {
    int count = 50_000;
    List<Task<Integer>> all = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      all.add(work.next(i));
    }
    all.forEach(Task::join);
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static void chunks(AsyncRemoteWork work)
      throws IOException, InterruptedException, TimeoutException {
    List<Integer> few = IntStream.range(0, 40_000).boxed().toList();
    List<Integer> many = IntStream.range(0, 4_000_000).boxed().toList();
    Figures.print(
        "chunks-of-1", "calls/s", 2, RUNS, () -> chunks(work, few, MapOption.chunkSize(1)));
    Figures.print(
        "chunks-of-1000", "calls/s", 2, RUNS, () -> chunks(work, many, MapOption.chunkSize(1_000)));
    Figures.print("chunks-of-auto", "calls/s", 2, RUNS, () -> chunks(work, many));
  }

  private static double chunks(AsyncRemoteWork work, List<Integer> inputs, MapOption... options) {
    return BatchBenchmark.perSecond(inputs, () -> work.nextAll(inputs, options));
  }

  private static double echo(AsyncRemoteWork work, byte[] bytes) {
    long start = System.nanoTime();
    byte[] result = work.echo(bytes).join();
    double millis = millisSince(start);
    check(result.length, bytes.length);
    return millis;
  }

  private static double limitLateness(AsyncRemoteWork work)
      throws InterruptedException, TimeoutException {
    work.next(0).join(); // The worker is there, so that the time is that of the run alone.
    long start = System.nanoTime();
    awaitFailure(work.with(CallOption.timeout(Duration.ofMillis(200))).spin());
    return millisSince(start) - 200;
  }

  private static double cancelLateness(AsyncRemoteWork work)
      throws InterruptedException, TimeoutException {
    Task<Integer> spin = work.spin();
    work.next(0).join(); // Taken after it, and so by the other worker.
    long start = System.nanoTime();
    spin.cancel(true);
    awaitFailure(spin);
    return millisSince(start);
  }

  private static void awaitFailure(Task<?> task) throws InterruptedException, TimeoutException {
    try {
      task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | CancellationException e) {
      return;
    }
    throw new IllegalStateException(task + " has a result");
  }

  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  static void check(long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException("found " + found + ", expected " + expected);
    }
  }
}

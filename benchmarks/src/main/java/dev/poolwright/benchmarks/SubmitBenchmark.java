package dev.poolwright.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToDoubleFunction;

/**
 * What a call on a pool of threads costs, against the JDK's own ways on a raw {@code
 * ThreadPoolExecutor}: the wall-clock time, the CPU time of all Java threads and the bytes that
 * they allocate, for each call. Lines {@code name: median unit (least to greatest)}; the rivals
 * take turns, and a ratio is that of the two figures of one turn.
 *
 * <p>All have the same number of workers, a queue of the same capacity that holds the submitting
 * threads back, and the same data in each task. A round ends when every task has run.
 */
public final class SubmitBenchmark {

  private static final int CAPACITY = 1_024;
  private static final int WARM_UP = 7;
  private static final int ROUNDS = 31;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private SubmitBenchmark() {}

  /**
   * Runs the rounds and prints the medians.
   *
   * @param args workers, submitting threads and the word "submit" or "get", to measure only that
   * @throws InterruptedException never, in practice
   * @throws BrokenBarrierException never
   * @throws ExecutionException when something fails that should not
   */
  public static void main(String[] args)
      throws InterruptedException, BrokenBarrierException, ExecutionException {
    if (args.length > 0) {
      measure(Integer.parseInt(args[0]), Integer.parseInt(args[1]), args[2].equals("get"));
      return;
    }
    for (int workers : new int[] {1, 2, 4}) {
      for (int submitters : new int[] {1, 4}) {
        measure(workers, submitters, false);
      }
    }
    for (int workers : new int[] {1, 2, 4}) {
      measure(workers, 1, true);
    }
  }

  private static void measure(int workers, int submitters, boolean doesWait)
      throws InterruptedException, BrokenBarrierException, ExecutionException {
    List<Rival> rivals =
        List.of(
            new Rival.Raw(workers, CAPACITY, 0),
            new Rival.SupplyAsync(workers, CAPACITY, 0),
            new Rival.Proxy(workers, CAPACITY, 0));
    int calls = doesWait ? 2_000 : 200_000;
    try {
      Round[][] all = new Round[rivals.size()][ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        for (int i = 0; i < rivals.size(); i++) {
          int turn = Math.floorMod(round + i, rivals.size());
          Round measured = round(rivals.get(turn), submitters, doesWait, calls / submitters);
          if (round >= 0) {
            all[turn][round] = measured;
          }
        }
      }
      String setting =
          (doesWait ? "get" : "submit") + "-" + workers + "-workers-" + submitters + "-submitters-";
      for (int i = 0; i < rivals.size(); i++) {
        print(setting + rivals.get(i).name(), rivals.get(0).name(), all[i], all[0]);
      }
    } finally {
      for (Rival rival : rivals) {
        rival.close();
      }
    }
  }

  private static Round round(Rival rival, int submitters, boolean doesWait, int calls)
      throws InterruptedException, BrokenBarrierException, ExecutionException {
    CountDownLatch ready = new CountDownLatch(submitters);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch submitted = new CountDownLatch(submitters);
    CountDownLatch measured = new CountDownLatch(1);
    List<FutureTask<?>> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < submitters; i++) {
      FutureTask<?> submits =
          new FutureTask<>(
              () -> {
                ready.countDown();
                go.await();
                if (doesWait) {
                  rival.submitAndGet(calls);
                } else {
                  rival.submit(calls);
                }
                submitted.countDown();
                // What a thread has used is counted while it lives.
                measured.await();
                return null;
              });
      all.add(submits);
      threads.add(new Thread(submits, "submitter"));
      threads.get(i).start();
    }
    ready.await();
    long bytes = allocatedBytes();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    go.countDown();
    submitted.await();
    rival.awaitAll();
    long wallNanos = System.nanoTime() - start;
    long cpuNanos = cpuNanos() - cpu;
    long allocated = allocatedBytes() - bytes;
    measured.countDown();
    for (FutureTask<?> submits : all) {
      submits.get();
    }
    // A thread that ends during the next round would be taken off its figures.
    for (Thread thread : threads) {
      thread.join();
    }
    double number = (double) calls * submitters;
    return new Round(wallNanos / number, cpuNanos / number, allocated / number);
  }

  private static long allocatedBytes() {
    return sum(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()));
  }

  /** Not that of the process, which is counted in ticks of 10 ms. */
  private static long cpuNanos() {
    return sum(THREADS.getThreadCpuTime(THREADS.getAllThreadIds()));
  }

  private static long sum(long[] ofThreads) {
    return Arrays.stream(ofThreads).filter(figure -> figure > 0).sum();
  }

  private static void print(String name, String rawName, Round[] rounds, Round[] raws) {
    print(name + "-wall", "ns", rounds, Round::wallNanos);
    print(name + "-cpu", "ns", rounds, Round::cpuNanos);
    print(name + "-allocated", "bytes", rounds, Round::bytes);
    if (rounds != raws) {
      Round[] ratios = new Round[rounds.length];
      Arrays.setAll(ratios, i -> rounds[i].to(raws[i]));
      print(name + "-to-" + rawName + "-wall", "ratio", ratios, Round::wallNanos);
      print(name + "-to-" + rawName + "-cpu", "ratio", ratios, Round::cpuNanos);
    }
  }

  private static void print(
      String name, String unit, Round[] rounds, ToDoubleFunction<Round> figure) {
    Figures figures = new Figures(name, unit, rounds.length);
    for (Round round : rounds) {
      figures.add(figure.applyAsDouble(round));
    }
    figures.print();
  }

  /**
   * One round, per call.
   *
   * @param wallNanos until the last task had run
   * @param cpuNanos of all threads
   * @param bytes allocated by all threads
   */
  private record Round(double wallNanos, double cpuNanos, double bytes) {

    Round to(Round raw) {
      return new Round(wallNanos / raw.wallNanos, cpuNanos / raw.cpuNanos, bytes / raw.bytes);
    }
  }
}

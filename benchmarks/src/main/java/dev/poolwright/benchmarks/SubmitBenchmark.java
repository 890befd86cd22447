package dev.poolwright.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * What one submit costs: a pool of two threads against a raw {@link ThreadPoolExecutor} of two, in
 * turn, one submitting thread, tiny tasks, queues without bound. CPU time of the whole process,
 * since a busy machine spoils wall-clock time.
 */
public final class SubmitBenchmark {

  private static final int TASKS = 500_000;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 11;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private SubmitBenchmark() {}

  /**
   * Runs the rounds and prints the medians.
   *
   * @param args none
   * @throws InterruptedException never, in practice
   */
  public static void main(String[] args) throws InterruptedException {
    ThreadPoolExecutor raw =
        new ThreadPoolExecutor(2, 2, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try (Pools pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(2).queueCapacity(Integer.MAX_VALUE))
            .build()) {
      CallSite<Service> site = CallSite.<Service>of(Service.class, "next(int)", "io").open(pools);
      Round[] raws = new Round[ROUNDS];
      Round[] ours = new Round[ROUNDS];
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        Round rawRound = round((service, n) -> raw.submit(() -> service.next(n)));
        Round ourRound = round((service, n) -> site.submit(service, new Next(n)));
        if (i >= 0) {
          raws[i] = rawRound;
          ours[i] = ourRound;
        }
      }
      print("raw-executor-submit", raws);
      print("call-submit", ours);
      double[] ratios = new double[ROUNDS];
      Arrays.setAll(ratios, i -> ours[i].cpuNanos / raws[i].cpuNanos);
      System.out.printf("call-submit-to-raw-cpu: %.2f ratio%n", median(ratios));
    } finally {
      raw.shutdown();
    }
  }

  /** The user's class. */
  private static final class Service {
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    int next(int n) {
      if (count.incrementAndGet() == TASKS) {
        done.countDown();
      }
      return n;
    }
  }

  /** A call as the processor writes it. */
  private record Next(int n) implements Call<Service, Integer> {
    @Override
    public Integer on(Service service) {
      return service.next(n);
    }
  }

  private static Round round(BiFunction<Service, Integer, Future<Integer>> submit)
      throws InterruptedException {
    Service service = new Service();
    long me = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(me);
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    for (int i = 0; i < TASKS; i++) {
      Future<Integer> unused = submit.apply(service, 1);
    }
    service.done.await();
    return new Round(
        (double) (PROCESS.getProcessCpuTime() - cpu) / TASKS,
        (double) (System.nanoTime() - start) / TASKS,
        (double) (THREADS.getThreadAllocatedBytes(me) - bytes) / TASKS);
  }

  private static void print(String name, Round[] rounds) {
    System.out.printf(
        "%s-cpu: %.0f ns%n",
        name, median(Arrays.stream(rounds).mapToDouble(Round::cpuNanos).toArray()));
    System.out.printf(
        "%s-wall: %.0f ns%n",
        name, median(Arrays.stream(rounds).mapToDouble(Round::wallNanos).toArray()));
    System.out.printf(
        "%s-allocated: %.0f bytes%n",
        name, median(Arrays.stream(rounds).mapToDouble(Round::bytes).toArray()));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /**
   * One round, per task.
   *
   * @param cpuNanos of the process
   * @param wallNanos until the last task ended
   * @param bytes allocated by the submitting thread
   */
  private record Round(double cpuNanos, double wallNanos, double bytes) {}
}

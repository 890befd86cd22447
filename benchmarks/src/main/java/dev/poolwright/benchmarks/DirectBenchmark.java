package dev.poolwright.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.poolwright.Pools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeoutException;

/**
 * What a call of a generated proxy on {@link Pools#direct()} costs: submitted, run and joined on
 * the calling thread. CPU time and bytes of a call. Lines {@code name: median unit (least to
 * greatest)}.
 *
 * <p>{@code java -cp ... dev.poolwright.benchmarks.DirectBenchmark}
 */
public final class DirectBenchmark {

  private static final int WARM_UP = 5;
  private static final int RUNS = 21;
  private static final int CALLS = 500_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private DirectBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args none
   * @throws IOException never, in practice
   * @throws InterruptedException never, in practice
   * @throws TimeoutException never, in practice
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    try (Pools pools = Pools.direct()) {
      AsyncNumbers numbers = new AsyncNumbers(new Numbers(), pools);
      Figures.print("direct call", "ns", WARM_UP, RUNS, () -> nanos(numbers));
      Figures.print("direct call, allocated", "bytes", WARM_UP, RUNS, () -> bytes(numbers));
    }
  }

  private static double nanos(AsyncNumbers numbers) {
    long start = THREADS.getCurrentThreadCpuTime();
    call(numbers);
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / CALLS;
  }

  private static double bytes(AsyncNumbers numbers) {
    long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    call(numbers);
    return (double) (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - start)
        / CALLS;
  }

  private static void call(AsyncNumbers numbers) {
    long sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += numbers.next(i & 63).join(); // Small numbers, which need no new object.
    }
    ProcessBenchmark.check(sum, CALLS / 64 * 2_080L + CALLS % 64 * (CALLS % 64 + 1) / 2);
  }
}

package dev.poolwright.console;

import com.sun.management.OperatingSystemMXBean;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a console costs at 10,000 tasks a second and 500 busy workers: the CPU time of this process
 * without one, with one at which nobody looks, and with one that a browser reads, in turns. Lines
 * {@code name: median unit (least to greatest)}. The browser is {@code curl}.
 */
public final class ConsoleCost {

  private static final int ROUNDS = 5;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int WORKERS = 500;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ConsoleCost() {}

  /**
   * Measures and prints.
   *
   * @param args none
   * @throws IOException when there is no curl
   * @throws InterruptedException never, in practice
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    try (Pools pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(4))
            .pool(ThreadPoolConfig.named("wide").maxWorkers(WORKERS))
            .build()) {
      for (int i = 0; i < WORKERS; i++) {
        Task<?> unused =
            pools
                .pool("wide")
                .submit(
                    () -> {
                      gate.await();
                      return 0;
                    });
      }
      double[][] percents = new double[3][ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        for (int way = 0; way < 3; way++) {
          double percent = measure(pools, way);
          if (round >= 0) {
            percents[way][round] = percent;
          }
        }
      }
      print("without a console", percents[0], null);
      print("nobody looks, more", percents[1], percents[0]);
      print("one browser looks, more", percents[2], percents[0]);
      gate.countDown();
    }
  }

  private static double measure(Pools pools, int way) throws IOException, InterruptedException {
    if (way == 0) {
      return load(pools.pool("io"));
    }
    try (Console console = Console.start(pools, 0)) {
      if (way == 1) {
        return load(pools.pool("io"));
      }
      Process browser =
          new ProcessBuilder("curl", "-sN", console.uri().resolve("events").toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return load(pools.pool("io"));
      } finally {
        browser.destroy();
        browser.waitFor();
      }
    }
  }

  /** The percentage of one CPU that this process takes. */
  private static double load(Pool pool) {
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long submitted = 0;
    for (long now = start; now - start < WINDOW_NANOS; now = System.nanoTime()) {
      for (; submitted < (now - start) / 100_000; submitted++) {
        Task<?> unused = pool.submit(() -> 1);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return 100.0 * (SYSTEM.getProcessCpuTime() - cpu) / (System.nanoTime() - start);
  }

  private static void print(String name, double[] percents, double[] base) {
    double[] all = percents.clone();
    if (base != null) {
      Arrays.setAll(all, i -> percents[i] - base[i]);
    }
    Arrays.sort(all);
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f %% of one CPU (%.2f to %.2f, %d runs)%n",
        name,
        all[all.length / 2],
        all[0],
        all[all.length - 1],
        all.length);
  }
}

package dev.poolwright.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import jdk.jfr.Recording;

/**
 * What it costs a call on one thread to be seen: with nobody there, with a listener that does
 * nothing, and with the flight recorder on, in turns; beside a read of the clock. CPU time of all
 * Java threads and allocated bytes for each call, and what the second and third take more than the
 * first. Lines {@code name: median unit (least to greatest)}.
 */
public final class ListenerBenchmark {

  private static final int CALLS = 200_000;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 31;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Calls on one pool. */
  private static final class Seen implements AutoCloseable {
    final String name;
    private final Pools pools;
    private final AsyncTiny tiny;
    final double[] nanos = new double[ROUNDS];
    final double[] bytes = new double[ROUNDS];

    Seen(String name, Consumer<Pools.Builder> how) {
      this.name = name;
      Pools.Builder builder =
          Pools.builder().pool(ThreadPoolConfig.named("io").maxWorkers(1).queueCapacity(1_024));
      how.accept(builder);
      pools = builder.build();
      tiny = new AsyncTiny(new Tiny(0), pools);
    }

    void run(int round) throws ExecutionException, InterruptedException {
      long allocated = sum(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()));
      long cpu = sum(THREADS.getThreadCpuTime(THREADS.getAllThreadIds()));
      Future<Integer> last = tiny.next(0);
      for (int i = 1; i < CALLS; i++) {
        last = tiny.next(i & 63);
      }
      last.get();
      double nanosEach = sum(THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) - cpu;
      double bytesEach =
          sum(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) - allocated;
      if (round >= 0) {
        nanos[round] = nanosEach / CALLS;
        bytes[round] = bytesEach / CALLS;
      }
    }

    void print(String phase, Seen none) {
      print(phase + name + "-cpu", "ns", nanos);
      print(phase + name + "-allocated", "bytes", bytes);
      if (none != this) {
        double[] more = new double[ROUNDS];
        Arrays.setAll(more, i -> nanos[i] - none.nanos[i]);
        print(phase + name + "-over-" + none.name + "-cpu", "ns", more);
      }
    }

    private static void print(String name, String unit, double[] values) {
      Figures figures = new Figures(name, unit, values.length);
      Arrays.stream(values).forEach(figures::add);
      figures.print();
    }

    @Override
    public void close() {
      pools.close();
    }
  }

  private ListenerBenchmark() {}

  /**
   * Runs the rounds and prints the medians.
   *
   * @param args none
   * @throws ExecutionException never
   * @throws InterruptedException never, in practice
   */
  public static void main(String[] args) throws ExecutionException, InterruptedException {
    clock();
    try (Seen none = new Seen("none", builder -> {});
        Seen empty =
            new Seen("empty-listener", builder -> builder.listener(new PoolListener() {}));
        Seen recorded = new Seen("recorder", builder -> {})) {
      measure("", List.of(none, empty), false);
      // From here on the recorder has been started once, whatever is recorded.
      measure("after-a-recording-", List.of(none, recorded), true);
    }
  }

  private static void measure(String phase, List<Seen> all, boolean isRecorded)
      throws ExecutionException, InterruptedException {
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < all.size(); i++) {
        int turn = Math.floorMod(round + i, all.size());
        if (isRecorded && turn == 1) {
          try (Recording recording = new Recording()) {
            recording.start();
            all.get(turn).run(round);
          }
        } else {
          all.get(turn).run(round);
        }
      }
    }
    for (Seen each : all) {
      each.print(phase, all.get(0));
    }
  }

  private static void clock() {
    Figures figures = new Figures("nanoTime", "ns", ROUNDS);
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long later = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        later = Math.max(later, System.nanoTime());
      }
      cpu = THREADS.getCurrentThreadCpuTime() - cpu;
      if (round >= 0 && later != 0) {
        figures.add(cpu / (double) CALLS);
      }
    }
    figures.print();
  }

  private static long sum(long[] ofThreads) {
    return Arrays.stream(ofThreads).filter(figure -> figure > 0).sum();
  }
}

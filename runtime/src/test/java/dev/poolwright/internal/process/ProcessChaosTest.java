package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rounds of random submits, cancels and kills on a random pool, each with a close at a random
 * moment. {@code -Dpoolwright.seed} gives the same decisions again, though not the same moments;
 * {@code -Dpoolwright.chaos-seconds} makes it longer.
 */
@Timeout(900)
@ExtendWith(LeavesNothingBehind.class)
class ProcessChaosTest {

  private static final int SPARE_DESCRIPTORS = 2;

  private final long seed = Long.getLong("poolwright.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<ChaosJobs, AtomicInteger> ended = new EnumMap<>(ChaosJobs.class);
  private long tasks;
  private long failed;
  private long cancelled;
  private long started;
  private long crashed;

  private record Submitted(Task<?> task, AtomicInteger ends, ChaosJobs job, int number) {}

  private ProcessPoolConfig config() {
    return ProcessPoolConfig.named("chaos")
        .maxWorkers(1 + random.nextInt(3))
        .queueCapacity(20)
        .payloadLimit(2 << 20)
        .timeout(Duration.ofMillis(300 + random.nextInt(700)))
        .cancelGrace(Duration.ofMillis(random.nextInt(2) * 50L))
        .maxTasksPerWorker(random.nextInt(4) == 0 ? 1 + random.nextInt(10) : 0)
        .keepAlive(Duration.ofMillis(random.nextInt(4) == 0 ? 20 : 60_000))
        .prestart(random.nextInt(2))
        .jvmArgs("-Xmx32m");
  }

  private Submitted submit(Pool pool, int number) {
    ChaosJobs job = ChaosJobs.any(random);
    Task<@Nullable Object> task = pool.submit(job.job(number));
    AtomicInteger ends = new AtomicInteger();
    Task<@Nullable Object> unused = task.onDone(done -> ends.incrementAndGet());
    return new Submitted(task, ends, job, number);
  }

  private void disturb(List<Submitted> all) {
    Task<?> some = all.get(all.size() - 1 - random.nextInt(Math.min(all.size(), 20))).task();
    switch (random.nextInt(40)) {
      case 0, 1 -> some.cancel(true);
      case 2 -> some.cancel(false);
      case 3 -> some.completeExceptionally(new CancellationException("from outside"));
      case 4 -> {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        if (!children.isEmpty()) {
          children.get(random.nextInt(children.size())).destroyForcibly();
        }
      }
      default -> {}
    }
  }

  /** Its elements count as tasks, and are checked as those are. */
  private void submitBatch(Pool pool, List<Batch<Integer>> batches) {
    List<Integer> inputs = IntStream.range(0, 1 + random.nextInt(60)).boxed().toList();
    batches.add(
        pool.map(
            i -> Math.floorDiv(i, i % 20 == 19 ? 0 : 1),
            inputs,
            MapOption.chunkSize(1 + random.nextInt(20))));
  }

  private void runRound() throws Exception {
    Pools pools = Pools.builder().pool(config()).onUnobservedFailure(failure -> {}).build();
    Pool pool = pools.pool("chaos");
    int closeAfterMillis = random.nextInt(1_500);
    int kind = random.nextInt(3);
    Duration grace = Duration.ofMillis(random.nextInt(500));
    Thread closer =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(closeAfterMillis); // The moment is the test.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              switch (kind) {
                case 0 -> pools.close(grace);
                case 1 -> pools.shutdownNow();
                default -> pools.shutdown();
              }
            },
            "closer");
    closer.start();
    List<Submitted> all = new ArrayList<>();
    List<Batch<Integer>> batches = new ArrayList<>();
    try {
      while (true) {
        all.add(submit(pool, all.size()));
        disturb(all);
        if (random.nextInt(50) == 0) {
          submitBatch(pool, batches);
        }
      }
    } catch (RejectedExecutionException e) {
      closer.join(); // Closed, or broken by many crashes in a row.
    }
    pools.close();
    assertThat(ProcessHandle.current().descendants()).as("seed %s", seed).isEmpty();
    for (Submitted each : all) {
      check(each);
    }
    for (Batch<Integer> batch : batches) {
      check(batch);
    }
    PoolStats stats = pool.stats();
    assertThat(stats.submitted())
        .as("seed %s: %s", seed, stats)
        .isEqualTo(stats.succeeded() + stats.failed() + stats.cancelled());
    tasks += stats.submitted();
    failed += stats.failed();
    cancelled += stats.cancelled();
    started += stats.workersStarted();
    crashed += stats.workersCrashed();
  }

  private void check(Submitted each) throws InterruptedException {
    Object result = null;
    Throwable thrown = null;
    try {
      result = each.task().get(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("seed " + seed + ": not ended: " + each, e);
    } catch (ExecutionException e) {
      thrown = e.getCause();
    } catch (CancellationException e) {
      thrown = e;
    }
    boolean isExpected = each.job().mayEndWith(result, thrown, each.number());
    if (isExpected) {
      ended.computeIfAbsent(each.job(), job -> new AtomicInteger()).incrementAndGet();
    }
    assertThat(isExpected || ChaosJobs.isDisturbed(thrown))
        .as("seed %s: %s ended with %s, %s", seed, each, result, thrown)
        .isTrue();
    assertThat(each.ends()).as("seed %s: %s", seed, each).hasValue(1);
  }

  private void check(Batch<Integer> batch) throws InterruptedException {
    int place = 0;
    for (Task<Integer> task : batch.tasks()) {
      try {
        assertThat(task.get(60, TimeUnit.SECONDS)).as("seed %s", seed).isEqualTo(place);
      } catch (TimeoutException e) {
        throw new AssertionError("seed " + seed + ": not ended: " + task, e);
      } catch (ExecutionException e) {
        assertThat(
                (e.getCause() instanceof ArithmeticException && place % 20 == 19)
                    || ChaosJobs.isDisturbed(e.getCause()))
            .as("seed %s: element %s ended with %s", seed, place, e.getCause())
            .isTrue();
      } catch (CancellationException e) {
        // Closed meanwhile.
      }
      place++;
    }
  }

  private static long descriptors() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(own)) {
      return all.count();
    }
  }

  private void run(long seconds) throws Exception {
    System.out.println("ProcessChaosTest seed " + seed);
    runRound(); // The JDK opens some descriptors of its own, once.
    long before = descriptors();
    long start = System.nanoTime();
    int rounds = 0;
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
      runRound();
      rounds++;
    }
    assertThat(descriptors()).as("seed %s", seed).isBetween(0L, before + SPARE_DESCRIPTORS);
    System.out.println(
        "chaos: "
            + rounds
            + " rounds, "
            + tasks
            + " tasks, "
            + failed
            + " failed, "
            + cancelled
            + " cancelled, "
            + started
            + " workers, "
            + crashed
            + " crashed; ended as meant: "
            + ended);
  }

  @Test
  @Tag("scenario-171")
  @Tag("scenario-209")
  @Tag("scenario-279")
  @DisplayName("every task ends exactly once, nothing hangs, nothing is left")
  void survivesChaos() throws Exception {
    run(Long.getLong("poolwright.chaos-seconds", 5));
  }

  @Test
  @Tag("slow")
  @Tag("scenario-171")
  @Tag("scenario-209")
  @Tag("scenario-279")
  @DisplayName("the same for five minutes")
  void survivesChaosForLong() throws Exception {
    run(300);
    assertThat(ended)
        .as("seed %s: every kind of end was seen", seed)
        .hasSize(ChaosJobs.values().length);
  }
}

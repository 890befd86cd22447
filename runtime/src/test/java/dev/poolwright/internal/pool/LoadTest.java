package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many tasks from many threads: each is run once, and the figures add up. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class LoadTest extends ThreadPools {

  private static final int SUBMITTERS = 4;
  private static final int TASKS = Integer.getInteger("poolwright.load", 200_000);

  @Test
  @DisplayName("many tasks from 4 threads to 2 workers, queue 64: all run once")
  void runsAllOnce() throws Exception {
    Pools pools = open(io(2).queueCapacity(64));
    Pool pool = pools.pool("io");
    LongAdder runs = new LongAdder();
    long before = usedBytes();
    submitFromAll(
        (number, random) -> {
          Task<?> unused = pool.submit(runs::increment);
        });
    pools.shutdown();
    assertThat(pools.awaitTermination(java.time.Duration.ofSeconds(60))).isTrue();
    assertThat(runs.sum()).isEqualTo(TASKS);
    assertThat(pool.stats().succeeded()).isEqualTo(TASKS);
    assertThat(usedBytes() - before).isLessThan(48L << 20);
  }

  @Test
  @DisplayName("the same with random cancels: submitted = succeeded + failed + cancelled")
  void addsUpWithCancels() throws Exception {
    Pools pools = open(io(2).queueCapacity(64));
    Pool pool = pools.pool("io");
    LongAdder begun = new LongAdder();
    long seed = System.nanoTime();
    submitFromAll(
        (number, random) -> {
          Task<Integer> task =
              pool.submit(
                  () -> {
                    begun.increment();
                    if (number % 7 == 0) {
                      throw new IllegalStateException("every seventh");
                    }
                    return number;
                  });
          Task<?> unused = task.onDone(done -> {});
          if (random.nextInt(4) == 0) {
            task.cancel(random.nextBoolean());
          }
        },
        seed);
    pools.shutdown();
    assertThat(pools.awaitTermination(java.time.Duration.ofSeconds(60))).isTrue();
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).as("seed %s", seed).isEqualTo(TASKS);
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(TASKS);
    assertThat(begun.sum()).isBetween(stats.succeeded() + stats.failed(), (long) TASKS);
    assertThat(stats.queued() + stats.running()).isZero();
  }

  private interface Submit {
    void submit(int number, SplittableRandom random);
  }

  private static void submitFromAll(Submit submit) throws Exception {
    submitFromAll(submit, 1);
  }

  private static void submitFromAll(Submit submit, long seed) throws Exception {
    List<FutureTask<?>> all = new ArrayList<>();
    for (int submitter = 0; submitter < SUBMITTERS; submitter++) {
      SplittableRandom random = new SplittableRandom(seed + submitter);
      FutureTask<?> submits =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < TASKS / SUBMITTERS; i++) {
                  submit.submit(i, random);
                }
                return null;
              });
      all.add(submits);
      new Thread(submits, "submitter").start();
    }
    for (FutureTask<?> submits : all) {
      submits.get();
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

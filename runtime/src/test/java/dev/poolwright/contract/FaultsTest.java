package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.cluster.FakeCluster;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Under load, each call of foreign code throws something at random: every task ends once, the
 * figures add up, close returns in time, and nothing is left.
 */
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("try") // A broken logger is there to be called by others.
final class FaultsTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Throws one of these in a third of its calls. */
  private static final class Faults {
    private final Random random;

    Faults(long seed) {
      random = new Random(seed);
    }

    /** What is to be thrown; 0 for nothing. */
    int next() {
      int number = random.nextInt(12); // Thread-safe.
      return number < 4 ? number + 1 : 0;
    }

    void maybe() {
      raise(next());
    }

    static void raise(int fault) {
      switch (fault) {
        case 1 -> throw new OutOfMemoryError("on purpose");
        case 2 -> throw new StackOverflowError("on purpose");
        case 3 -> throw new IllegalStateException("on purpose");
        case 4 -> Faults.<RuntimeException>sneak(new IOException("on purpose"));
        default -> {
          // Nothing this time.
        }
      }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
      throw (E) thrown;
    }
  }

  /** A call that fails as it was told. */
  record Faulty(int fault) implements Call<Work, Integer> {
    @Override
    public Integer on(@Nullable Work none) {
      Faults.raise(fault);
      return 7;
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = Mode.EXCLUDE, names = "DIRECT")
  @Timeout(120)
  void everyTaskEndsOnce(Kind kind) throws Exception {
    for (int round = 0; round < (kind == Kind.THREAD ? 5 : 1); round++) {
      tryOne(kind, Long.getLong("poolwright.seed", System.nanoTime()), 100);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = Mode.EXCLUDE, names = "DIRECT")
  @Tag("slow")
  @Timeout(1_800) // A round with worker JVMs takes half a minute.
  void everyTaskEndsOnceForLong(Kind kind) throws Exception {
    for (int round = 0; round < (kind == Kind.THREAD ? 200 : 20); round++) {
      tryOne(kind, Long.getLong("poolwright.seed", System.nanoTime()), 1_000);
    }
  }

  private static void tryOne(Kind kind, long seed, int calls) throws Exception {
    System.out.println("-Dpoolwright.seed=" + seed);
    Faults faults = new Faults(seed);
    FakeCluster nodes = new FakeCluster("contract", "io");
    var unused = nodes.node("one", 2);
    Pools pools =
        Pools.builder()
            .pool(Shape.of("io", 2).config(kind))
            .onUnobservedFailure(failure -> faults.maybe())
            .build();
    Pool pool = pools.pool("io");
    try (nodes;
        BrokenHandler broken = new BrokenHandler(faults::maybe)) {
      List<AtomicInteger> ends = Collections.synchronizedList(new ArrayList<>());
      List<Task<Integer>> tasks = submitted(pools, faults, calls, ends);
      mapped(pool, faults, calls);
      for (Task<Integer> task : tasks) {
        CompletableFuture<Integer> either = task.handle((value, failure) -> 1);
        assertThat(either.get(30, TimeUnit.SECONDS)).isEqualTo(1);
      }
      long start = System.nanoTime();
      pools.close(GRACE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE.plusSeconds(1));
      assertThat(ends).allMatch(count -> count.get() == 1);
    } finally {
      pools.shutdownNow();
      pools.close();
    }
    PoolStats stats = pool.stats();
    assertThat(stats.running() + stats.queued() + stats.workers()).isZero();
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(stats.submitted());
  }

  /** Calls with callbacks of every form, some of which are cancelled. */
  private static List<Task<Integer>> submitted(
      Pools pools, Faults faults, int calls, List<AtomicInteger> ends) {
    CallSite<Work> site =
        CallSite.<Work>ofStatic(Work.class, "fail()", "io")
            .onFailure("first(Throwable)", (none, failure) -> faults.maybe())
            .onEither(
                "second(Integer, Throwable)",
                (Work none, Integer value, Throwable failure) -> faults.maybe())
            .onDone("third(Task)", (Work none, Task<Integer> task) -> faults.maybe())
            .open(pools);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      Task<Integer> task = site.submit(null, new Faulty(faults.next()));
      AtomicInteger count = new AtomicInteger();
      ends.add(count);
      task.onDone(done -> faults.maybe())
          .onDone(done -> count.incrementAndGet())
          .onDone(done -> faults.maybe());
      CompletableFuture<?> unused = task.thenRun(faults::maybe);
      if (i % 7 == 0) {
        task.cancel(i % 2 == 0);
      }
      tasks.add(task);
    }
    return tasks;
  }

  /** A batch whose listener throws; each element ends. */
  private static void mapped(Pool pool, Faults faults, int calls) throws InterruptedException {
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      inputs.add(faults.next());
    }
    CountDownLatch all = new CountDownLatch(calls);
    try (Batch<Integer> batch =
        pool.map(
            fault -> new Faulty(fault).on(null),
            inputs,
            MapOption.buffer(16),
            MapOption.progress(progress -> faults.maybe()))) {
      for (Task<Integer> each : batch.tasks()) {
        each.onDone(done -> all.countDown());
      }
      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}

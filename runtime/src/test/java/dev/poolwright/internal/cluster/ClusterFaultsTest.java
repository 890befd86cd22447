package dev.poolwright.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.MapOption;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.Time;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.cluster.FakeCluster.When;
import dev.poolwright.internal.cluster.OnFakeCluster.Renderer;
import dev.poolwright.internal.cluster.OnFakeCluster.Twice;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown where nothing should be, every task ends once, and every credit is back. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ClusterFaultsTest {
  private static final int PLACES = 2;
  private static volatile CountDownLatch begun = new CountDownLatch(0);
  private static volatile CountDownLatch goOn = new CountDownLatch(0);

  record Hold(int value) implements Call<Renderer, Integer> {
    @Override
    public Integer on(Renderer renderer) throws InterruptedException {
      begun.countDown();
      goOn.await();
      return value;
    }

    @Override
    public Renderer target(Targets<Renderer> targets) throws Exception {
      return targets.made(Renderer::new);
    }
  }

  /** Runs fast, so that rests are short, and throws once when sends have read it so often. */
  private static final class FaultyTime implements Time {
    private final long start = System.nanoTime();
    final AtomicInteger readsUntil = new AtomicInteger(-1);
    volatile @Nullable Error thrown;

    @Override
    public long now() {
      if (readsUntil.get() >= 0 && isOfSend() && readsUntil.getAndDecrement() == 0) {
        Error error = new OutOfMemoryError("a fault of the test");
        thrown = error;
        throw error;
      }
      return 100 * (System.nanoTime() - start);
    }

    private static boolean isOfSend() {
      return StackWalker.getInstance()
          .walk(
              frames ->
                  frames.anyMatch(
                      frame ->
                          frame.getClassName().equals(CallSend.class.getName())
                              || frame.getClassName().equals(ChunkSend.class.getName())));
    }

    @Override
    public void park(Object awaited, long nanos) {
      LockSupport.parkNanos(awaited, Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    @Override
    public Runnable schedule(long nanos, Runnable action) {
      return () -> {};
    }
  }

  private final FakeCluster cluster = new FakeCluster("faulty", "render");
  private final FaultyTime time = new FaultyTime();
  private final Pools pools =
      Pools.builder()
          .time(time)
          .pool(ClusterPoolConfig.named("render").cluster("faulty").retries(1))
          .build();
  private final CallSite<Renderer> site =
      CallSite.<Renderer>of(Renderer.class, "run()", "render").open(pools);
  private final LogLines log = new LogLines(); // Of failures that nobody looks at.

  @AfterEach
  void end() {
    pools.shutdownNow();
    pools.close();
    cluster.close();
    log.close();
  }

  private List<Task<Integer>> calls(int count) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(site.submit(new Renderer(), new Twice(i)));
    }
    return tasks;
  }

  private List<Task<Integer>> elements(int count, int chunkSize) {
    List<Task<Integer>> tasks = new ArrayList<>();
    Rows rows = Rows.of(Stream.iterate(0, each -> each + 1).limit(count).toList());
    try (Batch<Integer> batch =
        site.map(
            new Renderer(),
            rows,
            row -> new Twice(row.<Integer>next()),
            MapOption.chunkSize(chunkSize))) {
      batch.asCompleted().forEach(tasks::add);
    }
    return tasks;
  }

  /** Waits until all have ended, and looks whether the books are right and all credits there. */
  private void assertNothingIsLost(List<? extends Future<?>> tasks) throws Exception {
    for (Future<?> each : tasks) {
      try {
        Object unused = each.get(20, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause()).isNotNull();
      }
    }
    begun = new CountDownLatch(PLACES);
    goOn = new CountDownLatch(1);
    List<Task<Integer>> held = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      held.add(site.submit(new Renderer(), new Hold(i)));
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).as("every place has its credit").isTrue();
    goOn.countDown();
    for (Task<Integer> each : held) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isNotNull();
    }
    PoolStats stats = pools.pool("render").stats();
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(stats.submitted());
  }

  static Stream<Arguments> faults() {
    return Stream.of(When.values())
        .flatMap(
            when ->
                Stream.of(
                        new OutOfMemoryError("a fault of the test"),
                        new StackOverflowError("a fault of the test"),
                        new IllegalStateException("a fault of the test"))
                    .map(thrown -> Arguments.of(when, thrown)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aSendThatThrowsCostsItsCallsAlone(When when, Throwable thrown) throws Exception {
    cluster.node("a", PLACES);
    cluster.failsNext(4, when, thrown);

    List<Task<Integer>> tasks = calls(8);
    assertNothingIsLost(tasks);
    assertThat(cluster.hasFailed()).isTrue();
    assertThat(tasks.stream().filter(each -> !each.isCompletedExceptionally()).count())
        .isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aSendOfAChunkThatThrowsCostsThatChunkAlone(When when, Throwable thrown) throws Exception {
    cluster.node("a", PLACES);
    cluster.failsNext(3, when, thrown);

    List<Task<Integer>> tasks = elements(20, 4);
    assertThat(tasks).hasSize(20);
    assertNothingIsLost(tasks);
    assertThat(tasks.stream().filter(each -> !each.isCompletedExceptionally()).count())
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void anAnswerThatIsNoneCostsItsCallsAlone() throws Exception {
    cluster.node("a", PLACES);
    byte[] tooShort = {0};
    byte[] tooLong = {0, 0x7f, -1, -1, -1};
    byte[] negative = {0, -1, -1, -1, -1};
    byte[] ofNoKind = {99};
    cluster.answersNext(new byte[0], tooShort, tooLong, negative, ofNoKind);
    assertNothingIsLost(calls(8));

    cluster.answersNext(new byte[0], tooShort, tooLong, negative, ofNoKind);
    assertNothingIsLost(elements(32, 4));
  }

  /** The clock is read wherever a credit is taken, rests or is given back. */
  @Test
  void aFaultAtAnyStepOfASendLosesNothing() throws Exception {
    cluster.node("a", PLACES);
    int step = 0;
    do {
      time.thrown = null;
      cluster.answersNext(Answer.busy(), Answer.busy());
      cluster.failsNext(2, When.LATER, new IllegalStateException("the node is lost"));
      time.readsUntil.set(step++);
      List<Task<Integer>> tasks = calls(2);
      tasks.addAll(elements(6, 2));
      time.readsUntil.set(-1);
      assertNothingIsLost(tasks);
    } while (time.thrown != null && step < 60);
    assertThat(step).as("faults were thrown").isGreaterThan(5);
  }
}

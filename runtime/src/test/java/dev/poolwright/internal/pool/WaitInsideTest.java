package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.Tasks;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.WaitFor;
import dev.poolwright.internal.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that wait for tasks of their own pool, or of a pool that waits for theirs. */
@SuppressWarnings({"serial", "FutureReturnValueIgnored"}) // Nothing travels; tasks of tasks.
final class WaitInsideTest extends ThreadPools {

  @Test
  @Tag("scenario-206")
  @DisplayName("a chain of 200 nested waits on one worker ends")
  void nestedWaitsEnd() {
    Pool pool = open(io(1)).pool("io");
    assertThat(nest(pool, 200).join()).isEqualTo(200);
    assertThat(pool.stats().lent()).isZero();
    assertThat(pool.stats().workersStarted()).isLessThanOrEqualTo(201);
  }

  private static Task<Integer> nest(Pool pool, int depth) {
    return pool.submit(() -> depth == 0 ? 0 : nest(pool, depth - 1).join() + 1);
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("257 nested waits fail with a clear error instead of hanging")
  void tooManyNestedWaitsFail() {
    Pool pool = open(io(1)).pool("io");
    assertThat(nest(pool, 256).join()).isEqualTo(256);
    Throwable failure = nest(pool, 257).handle((depth, thrown) -> thrown).join();
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "pool \"io\": 256 workers wait already for tasks (at most 256); use"
                + " thenCompose, Tasks.allOf or another pool");
    assertThat(pool.stats().lent()).isZero();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("timed waits, invokeAll and invokeAny lend their place as well")
  void everyWaitLends() {
    Pool pool = open(io(1)).pool("io");
    Task<Integer> timed = pool.submit(() -> pool.submit(() -> 1).get(30, TimeUnit.SECONDS));
    List<Callable<Integer>> calls = List.of(() -> 2, () -> 2);
    Task<Integer> all = pool.submit(() -> pool.invokeAll(calls).get(1).get());
    Task<Integer> any = pool.submit(() -> pool.invokeAny(calls));
    Task<Integer> stage =
        pool.submit(() -> pool.submit(() -> 4).thenApplyAsync(four -> four + 1).join());
    assertThat(timed.join()).isEqualTo(1);
    assertThat(all.join()).isEqualTo(2);
    assertThat(any.join()).isEqualTo(2);
    assertThat(stage.join()).isEqualTo(5);
  }

  @Test
  @DisplayName("io -> cpu -> io, fan-out 10, depth 5, both queues 8: ends")
  void poolsThatFeedEachOtherEnd() {
    Pools pools =
        open(io(2).queueCapacity(8), ThreadPoolConfig.named("cpu").maxWorkers(2).queueCapacity(8));
    assertThat(fan(pools, 0).thenCompose(total -> total).join()).isEqualTo(111_111);
    long submitted = pools.pool("io").stats().submitted() + pools.pool("cpu").stats().submitted();
    assertThat(submitted).isGreaterThanOrEqualTo(111_111);
  }

  /** A task that submits ten to the other pool, and the number of all below it. */
  private static Task<CompletableFuture<Integer>> fan(Pools pools, int depth) {
    return pools
        .pool(depth % 2 == 0 ? "io" : "cpu")
        .submit(
            () -> {
              if (depth == 5) {
                return CompletableFuture.completedFuture(1);
              }
              List<CompletableFuture<Integer>> below = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                below.add(fan(pools, depth + 1).thenCompose(total -> total));
              }
              return CompletableFuture.allOf(below.toArray(new CompletableFuture<?>[0]))
                  .thenApply(all -> below.stream().mapToInt(CompletableFuture::join).sum() + 1);
            });
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("io -> cpu -> io -> cpu, each waiting for the next, one worker each: ends")
  void poolsThatWaitForEachOtherEnd() {
    Pools pools =
        open(io(1).queueCapacity(1), ThreadPoolConfig.named("cpu").maxWorkers(1).queueCapacity(1));
    try (LogLines log = new LogLines()) {
      assertThat(ask(pools, 3).join()).isEqualTo(3);
      assertThat(log.lines()).hasSizeLessThanOrEqualTo(2);
    }
  }

  private static Task<Integer> ask(Pools pools, int depth) {
    return pools
        .pool(depth % 2 == 0 ? "io" : "cpu")
        .submit(() -> depth == 0 ? 0 : ask(pools, depth - 1).join() + 1);
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("many circles of two and three pools at once: end, and no bound is passed")
  void circlesOfPoolsEnd() throws Exception {
    Pools pools =
        open(io(2), ThreadPoolConfig.named("cpu").maxWorkers(2), ThreadPoolConfig.named("db"));
    List<Task<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(ask(pools, 4));
      all.add(askRound(pools, 7));
    }
    for (Task<Integer> each : all) {
      assertThat(each.get()).isIn(4, 7);
    }
    assertThat(pools.pool("io").stats().lent() + pools.pool("cpu").stats().lent()).isZero();
  }

  private static Task<Integer> askRound(Pools pools, int depth) {
    return pools
        .pool(List.of("io", "cpu", "db").get(depth % 3))
        .submit(() -> depth == 0 ? 0 : askRound(pools, depth - 1).join() + 1);
  }

  /**
   * Waits in a worker of "io" for tasks of "cpu" and of "io", which the first cannot do without.
   */
  @SuppressWarnings("ImmutableEnumChecker") // Its lambdas capture nothing.
  enum Joint {
    AWAIT(all -> Tasks.await(all, WaitFor.ALL_COMPLETED)),
    AS_COMPLETED(all -> Tasks.asCompleted(all).forEach(done -> {})),
    ALL_OF(all -> Tasks.allOf(all).join()),
    STAGE_OF_ALL_OF(all -> Tasks.allOf(all).thenApply(done -> done).join()),
    WITH_A_DONE_ONE(all -> Tasks.allOf(List.of(Task.completed(1), all.get(0), all.get(1))).join()),
    COMBINE(all -> all.get(0).thenCombine(all.get(1), (one, other) -> one).join()),
    EITHER(all -> all.get(0).applyToEither(all.get(1), one -> one).join());

    private final Wait wait;

    Joint(Wait wait) {
      this.wait = wait;
    }

    private interface Wait {
      void on(List<Task<Object>> tasks) throws Exception;
    }
  }

  @ParameterizedTest
  @EnumSource(Joint.class)
  void aWaitForTasksOfSeveralPoolsLendsWhereOneIsOfItsOwn(Joint joint) {
    Pools pools = open(io(1), ThreadPoolConfig.named("cpu").maxWorkers(1));
    Pool io = pools.pool("io");
    AtomicInteger most = new AtomicInteger();
    Task<Object> outer =
        io.submit(
            () -> {
              CountDownLatch latch = new CountDownLatch(1);
              Task<Object> slow = pools.pool("cpu").submit(() -> await(latch), null);
              Task<Object> own = io.submit(latch::countDown, null);
              Task<?> unused = io.submit(() -> most.set(io.stats().lent()));
              joint.wait.on(List.of(slow, own));
              return 1;
            });

    assertThat(outer.join()).isEqualTo(1);
    assertThat(most).hasValueLessThanOrEqualTo(1);
    assertThat(io.stats().lent() + pools.pool("cpu").stats().lent()).isZero();
  }

  @Test
  void aWaitForAStageThatEndsWithATaskOfTheOwnPoolLends() {
    Pools pools = open(io(1), ThreadPoolConfig.named("cpu").maxWorkers(1));
    Pool io = pools.pool("io");
    CountDownLatch latch = new CountDownLatch(1);
    Task<Integer> outer =
        io.submit(
            () -> {
              Task<Integer> stage =
                  pools
                      .pool("cpu")
                      .submit(() -> await(latch), 1)
                      .thenCompose(one -> io.submit(() -> one + 1))
                      .thenApply(two -> two + 1);
              return stage.join();
            });
    Task<Integer> second =
        io.submit(
            () -> pools.pool("cpu").submit(() -> 1).thenCompose(one -> io.submit(() -> 2)).join());
    latch.countDown();

    assertThat(outer.join()).isEqualTo(3);
    assertThat(second.join()).isEqualTo(2);
    assertThat(io.stats().lent() + pools.pool("cpu").stats().lent()).isZero();
  }

  @Test
  @DisplayName("a wait for another pool that waits for nobody lends nothing")
  void aWaitForAPoolThatGoesOnLendsNothing() throws Exception {
    Pools pools = open(io(1), ThreadPoolConfig.named("cpu").maxWorkers(1));
    CountDownLatch latch = new CountDownLatch(1);
    Task<?> slow = pools.pool("cpu").submit(() -> await(latch));
    Task<?> waits = pools.pool("io").submit(() -> slow.join());
    Task<Integer> next = pools.pool("io").submit(() -> 7);
    while (waits.status() == TaskStatus.QUEUED) {
      LockSupport.parkNanos(100_000);
    }

    assertThat(Tasks.await(List.of(next), WaitFor.ALL_COMPLETED, Duration.ofMillis(100)).done())
        .isEmpty();

    latch.countDown();
    assertThat(next.get()).isEqualTo(7);
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("a wait that nobody sees is noticed, with one warning that shows the stacks")
  void aWaitThatNobodySeesIsNoticedAndAddsNoWorker() {
    Pool pool = open(io(1)).pool("io");
    CountDownLatch latch = new CountDownLatch(1);
    try (LogLines log = new LogLines()) {
      Task<?> waits = pool.submit(() -> await(latch));
      Task<?> wakes = pool.submit(latch::countDown);
      while (log.lines().isEmpty()) {
        LockSupport.parkNanos(100_000);
      }
      assertThat(wakes.isDone()).isFalse();
      latch.countDown();
      CompletableFuture.allOf(waits, wakes).join();
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().element())
          .startsWith(
              "pool \"io\" makes no progress: all 1 workers are blocked, and 1 tasks wait. No"
                  + " worker is added")
          .contains("Tasks.allOf", "\n  io-1\n      at ", "CountDownLatch.await", "WaitInsideTest");
    }
    assertThat(pool.stats().workersStarted()).isEqualTo(1);
  }

  @Test
  void closeByAWorkerIsRefused() {
    Pools pools = open(io(1));
    Pool pool = pools.pool("io");
    for (Runnable close : List.<Runnable>of(pools::close, pool::close)) {
      Task<?> closes = pool.submit(close);
      assertThat(closes.handle((none, failure) -> failure).join())
          .hasMessageContaining(
              "was called by its own thread \"io-1\", which would wait for itself");
    }
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }
}

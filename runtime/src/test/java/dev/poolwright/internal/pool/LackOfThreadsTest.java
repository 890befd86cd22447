package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The system has no thread to give: nothing hangs, nothing is lost, the figures stay right. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class LackOfThreadsTest {

  private static final String LACK = "unable to create native thread";

  /** Which threads cannot be started. */
  private volatile Predicate<String> lacking = name -> false;

  private final Queue<UnobservedFailure> unobserved = new ConcurrentLinkedQueue<>();
  private final Life life =
      new Life(
          unobserved::add, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader(), this::start, null);
  private final CountDownLatch release = new CountDownLatch(1);

  private void start(Thread thread) {
    if (lacking.test(thread.getName())) {
      throw new OutOfMemoryError(LACK);
    }
    thread.start();
  }

  private EnginePool pool(int workers) {
    return pool(Map.of(PoolSetting.MAX_WORKERS, workers));
  }

  private EnginePool pool(Map<PoolSetting, Object> settings) {
    EnginePool pool =
        new EnginePool(life, new PoolSettings("io", PoolKind.THREAD, settings), new ThreadRunner());
    life.add(pool);
    return pool;
  }

  @AfterEach
  void end() throws Exception {
    lacking = name -> false;
    release.countDown();
    life.shutdownNow();
    assertThat(life.awaitTermination(TimeUnit.SECONDS.toNanos(30))).isTrue();
  }

  private void block() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("scenario-204")
  @DisplayName("without any worker, submit is refused and says why; later ones are not")
  void refusesWithoutAnyWorker() {
    EnginePool pool = pool(2);
    lacking = name -> true;
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.submit(() -> 1))
        .withMessage(
            "pool \"io\" rejected io.submit(LackOfThreadsTest lambda): it has no worker, and no"
                + " thread could be started: java.lang.OutOfMemoryError: "
                + LACK)
        .withCauseInstanceOf(OutOfMemoryError.class);
    PoolStats stats = pool.stats();
    assertThat(stats.submitted() + stats.queued() + stats.running() + stats.workers()).isZero();
    assertThat(stats.rejected()).isEqualTo(1);
    assertThat(life.activity().isIdle()).isTrue();
    lacking = name -> false;
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(pool.stats().submitted()).isEqualTo(1);
  }

  @Test
  @Tag("scenario-204")
  @DisplayName("the workers there are run what is queued")
  void theOthersRunIt() throws Exception {
    EnginePool pool = pool(2);
    CountDownLatch begun = new CountDownLatch(1);
    Task<?> first =
        pool.submit(
            () -> {
              begun.countDown();
              block();
            });
    begun.await();
    lacking = name -> true;
    Task<Integer> queued = pool.submit(() -> 7);
    assertThat(pool.stats().queued()).isEqualTo(1);
    release.countDown();
    assertThat(queued.join()).isEqualTo(7);
    assertThat(first.join()).isNull();
    assertThat(pool.stats().submitted()).isEqualTo(2);
    assertThat(pool.stats().workersStarted()).isEqualTo(1);
  }

  @Test
  void aBatchIsRefusedAndHoldsNothing() {
    EnginePool pool = pool(2);
    lacking = name -> true;
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> pool.map(value -> value, List.of(1, 2, 3)))
        .withMessageContaining(LACK);
    assertThat(life.activity().isIdle()).isTrue();
    assertThat(pool.stats().queued()).isZero();
    lacking = name -> false;
    try (Batch<Integer> batch = pool.map(value -> value, List.of(1, 2, 3))) {
      assertThat(batch.toList()).containsExactly(1, 2, 3);
    }
  }

  @Test
  @Tag("scenario-206")
  @DisplayName("a wait inside ends once there is a thread for the task that it waits for")
  void aWaitInsideEndsLater() throws Exception {
    EnginePool pool = pool(1);
    Task<Integer> waits =
        pool.submit(
            () -> {
              lacking = name -> name.startsWith("io-");
              return pool.submit(() -> 7).join();
            });
    while (pool.stats().lent() == 0 && !waits.isDone()) {
      LockSupport.parkNanos(100_000);
    }
    lacking = name -> false;
    assertThat(waits.get()).isEqualTo(7);
  }

  @Test
  void withoutAKeeperTasksRun() {
    EnginePool pool = pool(1);
    lacking = "poolwright-keeper"::equals;
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    while (!life.activity().isIdle()) {
      LockSupport.parkNanos(100_000);
    }
    lacking = name -> false;
    assertThat(pool.submit(Thread::getAllStackTraces).join().keySet())
        .anyMatch(thread -> thread.getName().equals("poolwright-keeper"));
  }

  @Test
  void withoutAWatchOverItsLimitATaskFailsAndLaterOnesDoNot() {
    EnginePool pool =
        pool(Map.of(PoolSetting.MAX_WORKERS, 1, PoolSetting.TIMEOUT, Duration.ofSeconds(30)));
    lacking = "poolwright-deadlines"::equals;
    assertThat(pool.submit(() -> 7).handle((value, failure) -> failure).join())
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage(LACK);
    lacking = name -> false;
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void withoutACallbackThreadTheThreadThatEndsATaskRunsItsCallbacks() {
    EnginePool pool = pool(1);
    Task<?> task = pool.submit(this::block);
    Thread[] ran = new Thread[1];
    task.onDone(done -> ran[0] = Thread.currentThread());
    lacking = name -> true;
    task.cancel(true);
    assertThat(ran[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void aFailureIsReportedLaterWhenThereIsNoThreadForIt() throws Exception {
    EnginePool pool = pool(1);
    lacking = "poolwright-unobserved"::equals;
    fail(pool, "first");
    lacking = name -> false;
    fail(pool, "second");
    while (unobserved.size() < 2) {
      System.gc();
      pool.submit(() -> 0).get();
    }
    assertThat(unobserved)
        .extracting(failure -> failure.cause().getMessage())
        .containsExactlyInAnyOrder("first", "second");
  }

  private static boolean isBusy(EnginePool pool) {
    PoolStats now = pool.stats();
    return now.queued() + now.running() > 0;
  }

  private static void fail(EnginePool pool, String message) {
    Task<?> unused =
        pool.submit(
            () -> {
              throw new IllegalStateException(message);
            });
    while (isBusy(pool)) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void aBatchWithoutThreadsForItsFeedingAndItsListenerGivesEverything() throws Exception {
    EnginePool pool = pool(2);
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    lacking = name -> true;
    List<Integer> inputs = IntStream.range(0, 200).boxed().toList();
    CountDownLatch heardAll = new CountDownLatch(1);
    try (Batch<Integer> batch =
        pool.map(
            value -> value + 1,
            inputs,
            MapOption.buffer(1),
            MapOption.progress(
                progress -> {
                  if (progress.done() == inputs.size()) {
                    heardAll.countDown();
                  }
                }))) {
      assertThat(batch.toList()).hasSize(200).endsWith(200);
    }
    heardAll.await();
    assertThat(pool.stats().succeeded()).isEqualTo(pool.stats().submitted()).isEqualTo(201);
  }

  @Test
  void aLimitWithoutAThreadForItsWorkStillFires() throws Exception {
    EnginePool pool =
        pool(Map.of(PoolSetting.MAX_WORKERS, 1, PoolSetting.TIMEOUT, Duration.ofMillis(50)));
    lacking = name -> name.startsWith("poolwright-work") || name.startsWith("poolwright-callback");
    Task<?> task = pool.submit(this::block);
    while (!task.isDone() && pool.stats().running() == 0) {
      LockSupport.parkNanos(100_000);
    }
    lacking = name -> name.startsWith("poolwright-callback");
    assertThat(task.handle((value, failure) -> failure).get())
        .isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void prestartSaysHowFarItCame() {
    EnginePool pool = pool(Map.of(PoolSetting.MAX_WORKERS, 3, PoolSetting.PRESTART, 3));
    lacking = "io-2"::equals;
    assertThatIllegalStateException()
        .isThrownBy(pool::prestart)
        .withMessage(
            "pool \"io\" started 1 of its first 3 workers: java.lang.OutOfMemoryError: " + LACK);
  }
}

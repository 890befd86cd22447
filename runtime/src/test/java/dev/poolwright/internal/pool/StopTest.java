package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.LogLines;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stop reaches what no worker runs: stages that go on by themselves, and tasks of callers. */
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class StopTest extends ThreadPools {

  /** Has a method that returns a stage. */
  static final class Remote {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    final CountDownLatch asked = new CountDownLatch(1);

    CompletionStage<String> ask() {
      asked.countDown();
      return answer;
    }
  }

  record Ask() implements Call<Remote, String> {
    @Override
    public CompletionStage<String> on(Remote remote) {
      return remote.ask();
    }
  }

  private static CallSite<Remote> site(Pools pools) {
    return CallSite.<Remote>of(Remote.class, "ask()", "io").returnsStage().open(pools);
  }

  /** A task whose stage goes on by itself, and holds no worker thread. */
  private static Task<String> asked(Pools pools, Remote remote) {
    Task<String> task = site(pools).submit(remote, new Ask());
    await(remote.asked);
    awaitIdleWorker();
    return task;
  }

  @Test
  void stopOfAPoolCancelsStages() throws Exception {
    Pools pools = open(io(1));
    Remote remote = new Remote();
    Task<String> task = asked(pools, remote);
    assertThat(pools.pool("io").shutdownNow()).isEmpty();
    assertStopped(task);
    assertThat(remote.answer).isCancelled();
    pools.pool("io").close();
  }

  @Test
  void stopOfAllPoolsCancelsStages() throws Exception {
    Pools pools = open(io(1));
    Remote remote = new Remote();
    Task<String> task = asked(pools, remote);
    pools.shutdownNow();
    assertStopped(task);
    assertThat(remote.answer).isCancelled();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void closeWithGraceCancelsStagesAndNamesThem() {
    Pools pools = open(io(1));
    Remote remote = new Remote();
    Task<String> task = asked(pools, remote);
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(log.lines())
          .containsExactly(
              "close stopped 1 task that was not done within PT0S: Remote.ask() (running outside"
                  + " the workers of pool \"io\")");
    }
    assertStopped(task);
    assertThat(remote.answer).isCancelled();
  }

  @Test
  void stopCancelsStagesOfABatch() throws Exception {
    Pools pools = open(io(1));
    Remote remote = new Remote();
    Batch<String> batch = site(pools).map(remote, Rows.of(List.of(1, 2, 3)), row -> new Ask());
    await(remote.asked);
    awaitIdleWorker();
    pools.shutdownNow();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
    assertThat(remote.answer).isCancelled();
    assertThat(batch.progress().failed()).isEqualTo(batch.progress().done()).isPositive();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(batch::toList);
  }

  @Test
  void stopEndsEachElementOfAnIterator() throws Exception {
    stopIterators(100 * times());
  }

  @Test
  @Tag("slow")
  void stopEndsEachElementOfAnIteratorForLong() throws Exception {
    stopIterators(3_000);
  }

  /** All pools are stopped while somebody iterates and a listener is told. */
  private static void stopIterators(int rounds) throws Exception {
    Random random = new Random(Long.getLong("poolwright.seed", 11));
    for (int i = 0; i < rounds; i++) {
      try (Pools pools = Pools.builder().pool(io(2)).build()) {
        stopIterator(pools, random.nextInt(60));
      }
    }
  }

  private static void stopIterator(Pools pools, int stopAfter) throws Exception {
    Pool pool = pools.pool("io");
    List<Task<Integer>> tasks = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch far = new CountDownLatch(stopAfter);
    FutureTask<Void> iteration =
        new FutureTask<>(
            () -> {
              Iterable<Integer> endless = () -> IntStream.iterate(1, i -> i + 1).iterator();
              Batch<Integer> batch =
                  pool.map(
                      number -> number,
                      endless,
                      MapOption.buffer(8),
                      MapOption.progress(progress -> {}));
              for (Task<Integer> each : batch.tasks()) {
                tasks.add(each);
                far.countDown();
              }
              return null;
            });
    Thread iterates = new Thread(iteration, "iterates");
    iterates.start();
    await(far);
    pools.shutdownNow();
    try {
      iteration.get(30, TimeUnit.SECONDS);
      assertThat(tasks.get(tasks.size() - 1))
          .as("what endless inputs end with")
          .isCompletedExceptionally();
    } catch (ExecutionException e) {
      // It began after the stop.
      assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
    }
    iterates.join();
    for (Task<Integer> task : tasks) {
      assertThat(task.handle((value, failure) -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
    PoolStats stats = pool.stats();
    assertThat(stats.succeeded() + stats.failed() + stats.cancelled()).isEqualTo(stats.submitted());
    // The last one may stand for what was not taken.
    assertThat(stats.submitted()).isGreaterThanOrEqualTo(tasks.size() - 1);
  }

  @Test
  @Tag("scenario-219")
  @DisplayName("stop interrupts the task that runs on the thread that submitted it")
  void stopReachesTasksOfCallers() throws Exception {
    Pools pools = open(io(1).queueCapacity(0).whenSaturated(SaturationPolicy.CALLER_RUNS));
    Pool pool = pools.pool("io");
    CountDownLatch busy = new CountDownLatch(1);
    Task<?> unused =
        pool.submit(
            () -> {
              busy.countDown();
              await(new CountDownLatch(1));
            });
    await(busy);
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Task<?>> submits =
        new FutureTask<>(
            () ->
                pool.submit(
                    () -> {
                      begun.countDown();
                      await(new CountDownLatch(1));
                    }));
    Thread caller = new Thread(submits, "caller");
    caller.start();
    await(begun);
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(String.join("", log.lines()))
          .contains("close stopped 2 tasks")
          .contains("(running in pool \"io\")")
          .contains("(running outside the workers of pool \"io\")");
    }
    assertStopped(submits.get());
    caller.join();
  }

  private static void assertStopped(Task<?> task) {
    assertThat(task.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(task::join)
        .withMessage("pool \"io\" was stopped");
  }

  @Test
  void closeDoesNotNameATaskThatIsDone() {
    CountDownLatch release = new CountDownLatch(1);
    PoolListener holds =
        new PoolListener() {
          @Override
          public void runEnded(TaskEvent event) {
            await(release);
          }
        };
    Pools pools = keep(Pools.builder().pool(io(1)).listener(holds).build());
    Pool pool = pools.pool("io");
    pool.submit(() -> 1).join(); // Its worker is not through yet.
    Task<?> queued = pool.submit(() -> 2);
    queued.onDone(stopped -> release.countDown());
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(log.lines())
          .first()
          .asString()
          .startsWith("close stopped 1 task that was not done within PT0S: io.submit(")
          .endsWith(" (queued in pool \"io\")");
    }
    assertStopped(queued);
  }

  @Test
  void closeNamesARunnableOfAProcessPoolThatItInterrupts() throws Exception {
    Pools pools = keep(Pools.builder().pool(ProcessPoolConfig.named("cpu")).build());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    pools
        .pool("cpu")
        .execute(
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    await(begun);
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(log.lines())
          .first()
          .isEqualTo(
              "close stopped 1 task that was not done within PT0S: Runnable (running outside the"
                  + " workers of pool \"cpu\")");
    }
    await(interrupted);
  }

  @Test
  void closeNamesAMapThatRunsOnAfterItsStop() {
    Pools pools = open(io(1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Batch<Integer> batch =
        pools
            .pool("io")
            .map(
                number -> {
                  begun.countDown();
                  boolean isReleased = false;
                  while (!isReleased) {
                    try {
                      release.await();
                      isReleased = true;
                    } catch (InterruptedException e) {
                      // It is not to be stopped.
                    }
                  }
                  return number;
                },
                List.of(1, 2, 3),
                MapOption.chunkSize(3));
    await(begun);
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("still running after they were stopped: io.map(")
          .endsWith(" (running in pool \"io\")");
    } finally {
      release.countDown();
    }
    assertThatExceptionOfType(CancellationException.class).isThrownBy(batch::toList);
  }

  @Test
  void closeNamesACallbackThatHoldsItUp() {
    Pools pools = open(io(1));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    Task<?> task = pools.pool("io").submit(() -> await(new CountDownLatch(1)));
    task.onDone(
        done -> {
          called.countDown();
          await(release);
        });
    task.cancel(true);
    await(called);
    try (LogLines log = new LogLines()) {
      pools.close(Duration.ZERO);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("still running after they were stopped: ")
          .endsWith("callbacks");
    } finally {
      release.countDown();
    }
  }

  @Test
  void stopGivesBackWhatNeverBegan() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20 * times(); round++) {
      Pool pool = open(io(2)).pool("io");
      List<AtomicBoolean> begun = new ArrayList<>();
      List<Task<?>> tasks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        AtomicBoolean flag = new AtomicBoolean();
        begun.add(flag);
        tasks.add(pool.submit(() -> flag.set(true)));
      }
      for (int spin = random.nextInt(2_000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      List<Runnable> never = pool.shutdownNow();
      pool.close();
      for (int i = 0; i < tasks.size(); i++) {
        if (never.contains((Runnable) tasks.get(i))) {
          assertThat(begun.get(i)).as("seed %s, task %s", seed, i).isFalse();
        } else {
          // A task that was begun may have been stopped before its first step.
          assertThat(begun.get(i).get() || tasks.get(i).isCancelled()).isTrue();
        }
      }
    }
  }

  @Test
  void aStageThatCannotBeWatchedFailsItsTask() {
    Pools pools = open(io(1));
    CompletableFuture<String> odd =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              java.util.function.BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException("not to be watched");
          }
        };
    record AskOdd(CompletableFuture<String> odd) implements Call<Remote, String> {
      @Override
      public CompletionStage<String> on(Remote remote) {
        return odd;
      }
    }
    Task<String> task = site(pools).submit(new Remote(), new AskOdd(odd));
    assertThat(task.handle((value, failure) -> failure).join())
        .isInstanceOf(UnsupportedOperationException.class);
    pools.close();
  }
}

package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a saturated pool of threads does, by its policy. */
@SuppressWarnings({"serial", "FutureReturnValueIgnored"}) // Nothing travels; tasks of tasks.
final class SaturationTest extends ThreadPools {

  private final CountDownLatch release = new CountDownLatch(1);

  /** One task runs, one waits. */
  private Pool saturated(SaturationPolicy policy) {
    Pools pools = open(io(1).queueCapacity(1).whenSaturated(policy));
    Task<?> runs = busy(pools, release);
    Pool pool = pools.pool("io");
    Task<?> waits = pool.submit(() -> {});
    assertThat(runs.isDone() || waits.isDone()).isFalse();
    return pool;
  }

  @Test
  void rejects() {
    Pool pool = saturated(SaturationPolicy.REJECT);
    assertThatExceptionOfType(PoolSaturatedException.class)
        .isThrownBy(() -> pool.submit(() -> 1))
        .withMessage(
            "pool \"io\" rejected io.submit(SaturationTest lambda): 1 running, 1 queued (capacity"
                + " 1)");
    assertThat(pool.stats().rejected()).isEqualTo(1);
    release.countDown();
  }

  @Test
  void blocksUntilAPlaceIsFree() throws Exception {
    Pool pool = saturated(SaturationPolicy.BLOCK);
    FutureTask<Integer> submits = new FutureTask<>(() -> pool.submit(() -> 7).join());
    Thread submitter = new Thread(submits, "submitter");
    submitter.start();
    awaitState(submitter, Thread.State.TIMED_WAITING);
    assertThat(pool.stats().queued()).isEqualTo(1);
    release.countDown();
    assertThat(submits.get()).isEqualTo(7);
    submitter.join();
  }

  @Test
  void blockedSubmitGetsThePlaceOfACancelledTask() throws Exception {
    Pools pools = open(io(1).queueCapacity(1));
    Task<?> runs = busy(pools, release);
    Pool pool = pools.pool("io");
    Task<?> waits = pool.submit(() -> {});
    FutureTask<Task<Integer>> submits = new FutureTask<>(() -> pool.submit(() -> 7));
    Thread submitter = new Thread(submits, "submitter");
    submitter.start();
    awaitState(submitter, Thread.State.TIMED_WAITING);
    assertThat(waits.cancel(true)).isTrue();
    Task<Integer> submitted = submits.get();
    assertThat(runs.isDone()).isFalse();
    release.countDown();
    assertThat(submitted.join()).isEqualTo(7);
    submitter.join();
  }

  @Test
  void interruptedBlockIsRejected() throws Exception {
    Pool pool = saturated(SaturationPolicy.BLOCK);
    FutureTask<Boolean> submits =
        new FutureTask<>(
            () -> {
              assertThatExceptionOfType(RejectedExecutionException.class)
                  .isThrownBy(() -> pool.submit(() -> 7))
                  .withMessage(
                      "pool \"io\" rejected io.submit(SaturationTest lambda): the submitting thread"
                          + " was interrupted while it waited for a place")
                  .withCauseInstanceOf(InterruptedException.class);
              return Thread.currentThread().isInterrupted();
            });
    Thread submitter = new Thread(submits, "submitter");
    submitter.start();
    awaitState(submitter, Thread.State.TIMED_WAITING);
    submitter.interrupt();
    assertThat(submits.get()).isTrue();
    submitter.join();
    assertThat(pool.stats().submitted()).isEqualTo(2);
    release.countDown();
  }

  @Test
  void shutDownBlockIsRejected() throws Exception {
    for (boolean isAll : new boolean[] {false, true}) {
      Pools pools = open(io(1).queueCapacity(0));
      Pool pool = pools.pool("io");
      CountDownLatch running = new CountDownLatch(1);
      Task<?> runs =
          pool.submit(
              () -> {
                running.countDown();
                await(release);
              });
      await(running);
      FutureTask<?> submits =
          new FutureTask<>(
              () ->
                  assertThatExceptionOfType(RejectedExecutionException.class)
                      .isThrownBy(() -> pool.submit(() -> 7))
                      .withMessageEndingWith(": it is shut down"));
      Thread submitter = new Thread(submits, "submitter");
      submitter.start();
      awaitState(submitter, Thread.State.TIMED_WAITING);
      if (isAll) {
        pools.shutdown();
      } else {
        pool.shutdown();
      }
      submits.get();
      submitter.join();
      assertThat(runs.isDone()).isFalse();
      runs.cancel(true);
    }
  }

  @Test
  void callerRuns() {
    Pool pool = saturated(SaturationPolicy.CALLER_RUNS);
    Task<Thread> task = pool.submit(Thread::currentThread);
    assertThat(task).isCompletedWithValue(Thread.currentThread());
    release.countDown();
  }

  @Test
  void callerIsInterruptedByACancelAndKeepsNoFlag() {
    Pool pool = saturated(SaturationPolicy.CALLER_RUNS);
    CompletableFuture<Thread> running = new CompletableFuture<>();
    Thread canceller =
        new Thread(
            () -> {
              Thread caller = running.join();
              awaitState(caller, Thread.State.WAITING);
              caller.interrupt();
            },
            "canceller");
    canceller.start();
    Task<Boolean> task =
        pool.submit(
            () -> {
              running.complete(Thread.currentThread());
              try {
                new CountDownLatch(1).await();
                return false;
              } catch (InterruptedException e) {
                return true;
              }
            });
    assertThat(task.join()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    release.countDown();
    joined(canceller);
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("a submit from a worker or a callback never blocks: it is queued over capacity")
  void insidersNeverBlock() {
    for (SaturationPolicy policy :
        new SaturationPolicy[] {SaturationPolicy.BLOCK, SaturationPolicy.CALLER_RUNS}) {
      Pools pools = open(io(1).queueCapacity(0).whenSaturated(policy));
      Pool pool = pools.pool("io");
      CompletableFuture<Task<String>> late = new CompletableFuture<>();
      Task<Task<String>> outer =
          pool.submit(
              () -> {
                Task<String> inner = pool.submit(() -> Thread.currentThread().getName());
                assertThat(inner.isDone()).isFalse();
                return inner;
              });
      outer.onDone(task -> late.complete(pool.submit(() -> Thread.currentThread().getName())));
      assertThat(outer.join().join()).isEqualTo("io-1");
      assertThat(late.join().join()).startsWith("io-");
      assertThat(pool.stats().overCapacity()).isPositive();
    }
  }
}

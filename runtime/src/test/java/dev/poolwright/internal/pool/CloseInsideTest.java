package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A close by a thread that runs or ends a task of the same pools would wait for itself. */
@SuppressWarnings({"serial", "FutureReturnValueIgnored"}) // Nothing travels; stages of tasks.
final class CloseInsideTest extends ThreadPools {

  private final CountDownLatch release = new CountDownLatch(1);

  /** Pools whose one worker is busy, so that their callers run what they submit. */
  private Pools saturated() {
    Pools pools = open(io(1).queueCapacity(0).whenSaturated(SaturationPolicy.CALLER_RUNS));
    busy(pools, release);
    return pools;
  }

  private static List<Runnable> closes(Pools pools) {
    return List.of(pools::close, () -> pools.close(Duration.ZERO), pools.pool("io")::close);
  }

  private static void assertRefused(Pools pools) {
    for (Runnable close : closes(pools)) {
      assertThatIllegalStateException()
          .isThrownBy(close::run)
          .withMessageMatching(
              "close\\(\\) of (Pools|pool io) was called by (its own )?thread \"[\\w-]+\"( within"
                  + " one of its tasks)?, which would wait for itself; close from outside, or call"
                  + " shutdown\\(\\)");
    }
  }

  private static <T> T ran(Pools pools, Callable<T> work) {
    Task<T> task = pools.pool("io").submit(work);
    assertThat(task).isDone();
    return task.join();
  }

  @Test
  void aCallerThatRunsATaskCannotClose() {
    Pools pools = saturated();
    String message =
        ran(
            pools,
            () -> {
              assertRefused(pools);
              try {
                pools.close();
                return "closed";
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            });
    assertThat(message)
        .isEqualTo(
            "close() of Pools was called by thread \""
                + Thread.currentThread().getName()
                + "\" within one of its tasks, which would wait for itself; close from outside, or"
                + " call shutdown()");
    release.countDown();
    pools.close();
  }

  @Test
  void aCallbackOfATaskThatItsCallerRunsCannotClose() {
    Pools pools = saturated();
    CompletableFuture<Boolean> refused = new CompletableFuture<>();
    CallSite<CompletableFuture<Boolean>> site =
        CallSite.<CompletableFuture<Boolean>>of(CompletableFuture.class, "get()", "io")
            .onSuccess("done", (target, result) -> target.complete(closeRefused(pools)))
            .open(pools);
    assertThat(site.submit(refused, new Seven())).isCompletedWithValue(7);
    assertThat(refused).isCompletedWithValue(true);
    release.countDown();
  }

  record Seven() implements Call<CompletableFuture<Boolean>, Integer> {
    @Override
    public Integer on(CompletableFuture<Boolean> target) {
      return 7;
    }
  }

  @Test
  void aCallerThatRunsATaskWithinOneOfOtherPoolsCanCloseNeither() {
    Pools outer = saturated();
    Pools inner = saturated();
    ran(
        outer,
        () ->
            ran(
                inner,
                () -> {
                  assertRefused(inner);
                  assertRefused(outer);
                  return null;
                }));
    release.countDown();
    outer.close();
    inner.close();
  }

  @Test
  void aWorkerThatRunsATaskOfOtherPoolsCanCloseNeither() {
    Pools inner = saturated();
    Pools outer = open(io(1));
    outer
        .pool("io")
        .submit(
            () ->
                ran(
                    inner,
                    () -> {
                      assertRefused(inner);
                      assertRefused(outer);
                      return null;
                    }))
        .join();
    release.countDown();
  }

  @Test
  void aStageOfATaskThatIsEndedFromOutsideCannotClose() {
    Pools pools = open(io(1));
    for (boolean isCancel : new boolean[] {true, false}) {
      Task<?> task = busy(pools, release);
      CompletableFuture<?> stage = task.handle((none, failure) -> closeRefused(pools));
      if (isCancel) {
        task.cancel(true);
      } else {
        task.completeExceptionally(new IllegalStateException("given up"));
      }
      assertThat(stage.join()).isEqualTo(true);
    }
    pools.close();
  }

  private static boolean closeRefused(Pools pools) {
    assertRefused(pools);
    return true;
  }

  record Answer(CompletableFuture<String> answer) implements Call<Object, String> {
    @Override
    public CompletionStage<String> on(Object target) {
      return answer;
    }
  }

  @Test
  void aStageOfATaskWhoseMethodReturnedAStageCannotClose() throws Exception {
    Pools pools = open(io(1));
    CompletableFuture<String> answer = new CompletableFuture<>();
    CallSite<Object> site =
        CallSite.<Object>of(Object.class, "ask()", "io").returnsStage().open(pools);
    Task<String> task = site.submit(this, new Answer(answer));
    CompletableFuture<Boolean> stage = task.thenApply(value -> closeRefused(pools));
    while (task.status() == TaskStatus.QUEUED) {
      LockSupport.parkNanos(100_000);
    }
    awaitIdleWorker(); // It has left the task to its stage.
    Thread completer = new Thread(() -> answer.complete("yes"), "completer");
    completer.start();
    assertThat(stage.join()).isTrue();
    completer.join();
    pools.close();
  }

  @Test
  void aTaskOfDirectPoolsCannotClose() {
    Pools pools = keep(Pools.direct());
    assertThat(ran(pools, () -> closeRefused(pools))).isTrue();
    pools.close();
  }

  @Test
  void theCallerIsFreeToCloseAfterwards() {
    Pools pools = saturated();
    assertThat(ran(pools, () -> 1)).isEqualTo(1);
    release.countDown();
    pools.pool("io").close();
    pools.close();
  }

  @Test
  void whatATaskOfACallerSubmitsAfterShutdownIsAccepted() {
    Pools pools = saturated();
    Pool pool = pools.pool("io");
    Task<Integer> late =
        ran(
            pools,
            () -> {
              pools.shutdown();
              return pool.submit(() -> 7);
            });
    release.countDown();
    pools.close();
    assertThat(late.resultNow()).isEqualTo(7);
  }
}

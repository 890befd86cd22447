package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task can be cancelled at any time, and completed in place of its run. */
abstract class CancelContract extends PoolContract {

  @Test
  @Tag("scenario-131")
  @DisplayName("a queued task that is cancelled never runs and leaves the queue at once")
  void cancelsQueued() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    Gate never = gate();
    int port = gate.port();
    int neverPort = never.port();
    Task<?> busy = pool.submit(Quiet.stopAt(port));
    Gate.Visitor visitor = gate.next();
    Task<String> queued = pool.submit(() -> Gate.stop(neverPort));
    assertThat(pool.stats().queued()).isEqualTo(1);
    assertThat(queued.cancel(true)).isTrue();
    assertThat(pool.stats().queued()).isZero();
    assertThat(queued.cancel(false)).isTrue();
    visitor.letGo();
    assertThat(busy.join()).isNull();
    never.close();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(queued::join);
    assertThat(pool.stats().cancelled()).isEqualTo(1);
  }

  @Test
  @Tag("scenario-131")
  @Tag("scenario-134")
  @Tag("scenario-135")
  @DisplayName("cancel(true) stops the run, and the tasks behind it run")
  void stopsRunning() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<Integer> behind = pool.submit(() -> 7);
    Gate.Visitor visitor = gate.next();
    assertThat(running.cancel(true)).isTrue();
    assertThat(running.status()).isEqualTo(TaskStatus.CANCELLED);
    visitor.awaitGone();
    assertThat(behind.join()).isEqualTo(7);
    assertThat(running.cancel(true)).isTrue();
  }

  @Test
  @Tag("scenario-131")
  @DisplayName("cancel(false) of a running task lets the run go on unseen")
  void letsRunGoOn() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> running = pool.submit(() -> Gate.stop(port) + Gate.stop(port));
    Gate.Visitor first = gate.next();
    assertThat(running.cancel(false)).isTrue();
    assertThat(running.isCancelled()).isTrue();
    assertThat(pool.stats().running()).isEqualTo(1);
    first.letGo();
    gate.next().letGo();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(running.status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  @Tag("scenario-131")
  @Tag("scenario-141")
  @DisplayName("cancel of a finished task is false and changes nothing")
  void leavesFinishedAlone() throws Exception {
    Pool pool = io(1);
    Task<Integer> good = pool.submit(() -> 1);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    awaitDone(failed);
    assertThat(good.cancel(true)).isFalse();
    assertThat(failed.cancel(true)).isFalse();
    assertThat(good.complete(2)).isFalse();
    assertThat(good.completeExceptionally(new IllegalStateException())).isFalse();
    assertThat(good.join()).isEqualTo(1);
    assertThat(failed.exceptionNow()).hasMessage("wrong");
    assertThat(pool.stats().cancelled()).isZero();
  }

  @Test
  @Tag("scenario-142")
  @DisplayName("cancel of a derived stage cancels itself only, cancel of the task fails it")
  void cancelsStagesAlone() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    Task<Integer> derived = task.thenApply(String::length);
    Task<String> copy = task.copy();
    CompletableFuture<Integer> other = task.thenApply(String::length);
    assertThat(derived.cancel(true)).isTrue();
    assertThat(copy.cancel(true)).isTrue();
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    task.cancel(true);
    visitor.awaitGone();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(other::join)
        .withCauseInstanceOf(CancellationException.class);
  }

  @Test
  void completesInPlaceOfTheRun() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<String> queued = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    assertThat(queued.complete("given")).isTrue();
    assertThat(running.completeExceptionally(new IllegalStateException("given"))).isTrue();
    visitor.awaitGone();
    assertThat(queued.join()).isEqualTo("given");
    assertThat(running.exceptionNow()).hasMessage("given");
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(pool.stats().succeeded()).isEqualTo(2);
    assertThat(pool.stats().failed()).isEqualTo(1);
  }

  @Test
  void obtrudesAsTheJdkDoes() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<Integer> done = pool.submit(() -> 1);
    assertThat(done.join()).isEqualTo(1);
    done.obtrudeValue(2);
    assertThat(done.join()).isEqualTo(2);
    done.obtrudeException(new IllegalStateException("obtruded"));
    assertThat(done.exceptionNow()).hasMessage("obtruded");
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    running.obtrudeValue("obtruded");
    visitor.awaitGone();
    assertThat(running.join()).isEqualTo("obtruded");
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void exactlyOneEndWins() throws Exception {
    Pool pool = io(2);
    for (int round = 0; round < times(20) * (isThreads() ? 10 : 1); round++) {
      Task<Integer> task = pool.submit(() -> 1);
      CompletableFuture<Boolean> cancelled =
          round % 2 == 0
              ? CompletableFuture.completedFuture(task.cancel(true))
              : task.thenApply(value -> task.cancel(true));
      awaitDone(task);
      boolean isCancelled = cancelled.handle((yes, failure) -> failure != null || yes).join();
      assertThat(task.isCancelled()).isEqualTo(isCancelled);
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.stats().submitted())
        .isEqualTo(pool.stats().succeeded() + pool.stats().cancelled());
  }

  @Test
  @Tag("scenario-137")
  @DisplayName("shutdownNow with 50 queued tasks cancels those that have not begun")
  void cancelsQueuedAtShutdownNow() throws Exception {
    Pool pool = io(2);
    Gate gate = gate();
    int port = gate.port();
    Task<Integer> first = pool.submit(() -> 1);
    assertThat(first.join()).isEqualTo(1);
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(pool.submit(() -> Gate.stop(port)));
    }
    Gate.Visitor a = gate.next();
    Gate.Visitor b = gate.next();
    List<Runnable> neverBegun = pool.shutdownNow();
    assertThat(neverBegun).hasSize(48);
    assertThat(new ArrayList<Object>(tasks)).containsAll(neverBegun);
    a.awaitGone();
    b.awaitGone();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(tasks).allMatch(Task::isCancelled);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> tasks.get(49).join())
        .withMessage("pool \"io\" was stopped");
    assertThat(pool.stats().cancelled()).isEqualTo(50);
  }

  @Test
  @Tag("scenario-131")
  @DisplayName("a run that goes on unseen is stopped with its pool")
  void stopsUnseenRunsWithThePool() throws Exception {
    Pools pools = open(Shape.of("io", 1), Shape.of("other", 1));
    Gate gate = gate();
    int port = gate.port();
    Task<String> first = pools.pool("io").submit(() -> Gate.stop(port));
    Gate.Visitor atIo = gate.next();
    Task<String> second = pools.pool("other").submit(() -> Gate.stop(port));
    Gate.Visitor atOther = gate.next();
    assertThat(first.cancel(false)).isTrue();
    assertThat(second.cancel(false)).isTrue();
    assertThat(pools.pool("io").shutdownNow()).isEmpty();
    atIo.awaitGone();
    assertThat(pools.pool("io").awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pools.pool("other").stats().running()).isEqualTo(1);
    pools.shutdownNow();
    atOther.awaitGone();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
  }
}

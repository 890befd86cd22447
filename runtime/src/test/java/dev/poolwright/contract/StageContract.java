package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A task is a {@link CompletableFuture}: its stages are those of the JDK, and tasks again. */
abstract class StageContract extends PoolContract {

  @Test
  void derivesTasks() {
    Task<Integer> task = io(1).submit(() -> 4);
    Task<Integer> twice = task.thenApply(value -> value * 2);
    Task<Void> done = twice.thenAccept(value -> {});
    assertThat(twice.join()).isEqualTo(8);
    assertThat(done.join()).isNull();
    assertThat(twice.name()).isEqualTo(task.name() + ".then");
    assertThat(done.name()).isEqualTo(task.name() + ".then(2)");
    assertThat(twice.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(twice).hasToString(task.name() + ".then[Completed normally]");
  }

  @Test
  void runsAsyncStagesOnItsOwnThreads() {
    Pools pools = open(Shape.of("io", 2));
    Task<Integer> task = pools.pool("io").submit(() -> 4);
    String before = task.thenApplyAsync(value -> Thread.currentThread().getName()).join();
    assertThat(task.join()).isEqualTo(4);
    String after = task.thenApplyAsync(value -> Thread.currentThread().getName()).join();
    String second =
        task.thenApply(value -> 1).thenApplyAsync(one -> Thread.currentThread().getName()).join();
    String expected = stageThreads();
    assertThat(before).matches(expected);
    assertThat(after).matches(expected);
    assertThat(second).matches(expected);
  }

  @Test
  void runsStagesLastInFirstOut() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    StringBuilder order = new StringBuilder();
    Task<?> first = task.thenRun(() -> order.append("1"));
    Task<?> second = task.thenRun(() -> order.append("2"));
    task.onDone(done -> order.append("a")).onDone(done -> order.append("b"));
    gate.close();
    awaitDone(task);
    assertThat(order).hasToString("21ab");
    assertThat(first.isDone() && second.isDone()).isTrue();
  }

  @Test
  void runsCallbacksOfAStageOnceItIsDone() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    Task<Void> stage = task.thenRun(() -> {});
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    stage.onDone(done -> heard.add("a " + done.status()));
    stage.onDone(done -> heard.add("b " + done.status()));
    gate.close();
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("a SUCCEEDED");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("b SUCCEEDED");

    Task<Void> later = task.thenRun(() -> {});
    Thread me = Thread.currentThread();
    later.onDone(done -> heard.add(me == Thread.currentThread() ? "at once" : "elsewhere"));
    assertThat(heard.poll()).isEqualTo("at once");
  }

  @Test
  void passesFailuresOnAsTheJdkDoes() {
    Task<Integer> task = io(1).submit(() -> Work.fail("wrong"));
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> task.thenApply(value -> value + 1).join())
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(task.exceptionally(failure -> -1).join()).isEqualTo(-1);
    assertThat(task.handle((value, failure) -> failure.getMessage()).join()).isEqualTo("wrong");
    assertThat(task.exceptionallyCompose(failure -> CompletableFuture.completedStage(3)).join())
        .isEqualTo(3);
  }

  @Test
  void composesTasks() {
    Pool pool = io(1);
    Task<Integer> composed = pool.submit(() -> 4).thenCompose(four -> pool.submit(() -> four + 1));
    Task<Integer> combined =
        pool.submit(() -> 2).thenCombine(pool.submit(() -> 3), (two, three) -> two * three);
    assertThat(composed.join()).isEqualTo(5);
    assertThat(combined.join()).isEqualTo(6);
    CompletableFuture.allOf(composed, combined).join();
    assertThat(CompletableFuture.anyOf(composed).join()).isEqualTo(5);
  }

  @Test
  void copiesAndMinimalStagesCannotEndTheTask() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    CompletionStage<String> minimal = task.minimalCompletionStage();
    Task<String> copy = task.copy();
    assertThat(copy.complete("given")).isTrue();
    assertThat(minimal.toCompletableFuture().complete("given")).isTrue();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ((CompletableFuture<String>) minimal).complete("given"));
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    gate.close();
    assertThat(task.join()).isNotEqualTo("given");
    assertThat(minimal.toCompletableFuture().join()).isEqualTo(task.join());
  }

  @Test
  void orTimeoutStopsTheRun() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<String> task = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    assertThat(task.orTimeout(10, TimeUnit.MILLISECONDS)).isSameAs(task);
    visitor.awaitGone();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(task::join)
        .withCauseInstanceOf(TimeoutException.class);
    assertThat(pool.submit(() -> 7).orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(7);
  }

  @Test
  void completeOnTimeoutStopsTheRun() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<String> task = pool.submit(() -> Gate.stop(port));
    Task<String> queued = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    assertThat(queued.completeOnTimeout("late", 1, TimeUnit.MILLISECONDS).join()).isEqualTo("late");
    assertThat(task.completeOnTimeout("late", 1, TimeUnit.MILLISECONDS).join()).isEqualTo("late");
    visitor.awaitGone();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void completeAsyncStopsTheRun() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(2);
    Task<String> task = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    assertThat(task.completeAsync(() -> "given")).isSameAs(task);
    assertThat(task.join()).isEqualTo("given");
    visitor.awaitGone();
  }

  @Test
  void completeAsyncAsksNobodyOnceDone() {
    Pool pool = io(1);
    Task<Integer> task = pool.submit(() -> 1);
    assertThat(task.join()).isEqualTo(1);
    AtomicInteger asked = new AtomicInteger();
    assertThat(task.completeAsync(asked::incrementAndGet, Runnable::run)).isSameAs(task);
    assertThat(asked).hasValue(0);
    assertThat(task.join()).isEqualTo(1);
  }

  @Test
  void stagesAreCompletedFromOutsideAlone() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    Task<Integer> derived = task.thenApply(String::length);
    assertThat(derived.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(derived.orTimeout(1, TimeUnit.MILLISECONDS).handle((v, e) -> e).join())
        .isInstanceOf(TimeoutException.class);
    assertThat(derived.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void eitherOfATaskAndADoneFutureIsATaskOfThePool() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    Task<String> either =
        task.applyToEither(CompletableFuture.completedFuture("done"), value -> value);
    Task<Void> failed =
        task.runAfterEither(CompletableFuture.failedFuture(new IllegalStateException()), () -> {});
    assertThat(either.join()).isEqualTo("done");
    assertThat(either.name()).isEqualTo(task.name() + ".then");
    assertThat(failed.exceptionNow()).isInstanceOf(IllegalStateException.class);
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void eitherOfTasksOfTwoPoolsBelongsToTheFirst() throws Exception {
    Pools pools = open(Shape.of("io", 2), Shape.of("other", 1));
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = pools.pool("io").submit(() -> Gate.stop(port));
    Task<String> other = pools.pool("other").submit(() -> "other");
    gate.next();
    assertThat(other.join()).isEqualTo("other");
    Task<String> either = task.applyToEither(other, value -> value);
    assertThat(either.join()).isEqualTo("other");
    assertThat(either.name()).isEqualTo(task.name() + ".then");
    assertThat(either.defaultExecutor()).isSameAs(task.defaultExecutor());
  }

  @Test
  void countsDependents() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    gate.next();
    Task<Integer> first = task.thenApply(String::length);
    Task<Void> second = task.thenRun(() -> {});
    assertThat(task.getNumberOfDependents()).isEqualTo(2);
    assertThat(first.getNumberOfDependents()).isZero();
    assertThat(task).hasToString(task.name() + "[Not completed, running, 2 dependents]");
    assertThat(first).hasToString(first.name() + "[Not completed, queued]");
    gate.close();
    assertThat(second.join()).isNull();
    assertThat(first.join()).isPositive();
    assertThat(task.getNumberOfDependents()).isZero();
    assertThat(first.getNumberOfDependents()).isZero();
  }

  @Test
  void completeAsyncWrapsWhatItsSupplierThrows() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(2).submit(() -> Gate.stop(port));
    gate.next();
    Supplier<String> failing =
        () -> {
          throw new IllegalStateException("no supply");
        };
    Task<Throwable> raw = task.handle((value, failure) -> failure);
    assertThat(task.completeAsync(failing)).isSameAs(task);
    assertThat(raw.join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(task.exceptionNow()).isInstanceOf(IllegalStateException.class);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(task::get)
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void timeLimitsThatArePastOrFarAreKept() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(1);
    Task<String> past = pool.submit(() -> Gate.stop(port));
    Task<String> past2 = past.copy();
    assertThat(past.orTimeout(Long.MAX_VALUE, TimeUnit.DAYS)).isSameAs(past);
    assertThat(past2.orTimeout(Long.MAX_VALUE, TimeUnit.DAYS)).isSameAs(past2);
    assertThat(past.completeOnTimeout("past", Long.MIN_VALUE, TimeUnit.DAYS).join())
        .isEqualTo("past");
    assertThat(past2.join()).isEqualTo("past");
    assertThat(pool.submit(() -> 7).orTimeout(0, TimeUnit.DAYS).handle((v, e) -> 7).join())
        .isEqualTo(7);
  }

  @Test
  void asyncStagesOfAShutDownPoolFailAsTheJdkHasIt() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    Task<Integer> task = pools.pool("io").submit(() -> 4);
    assertThat(task.join()).isEqualTo(4);
    pools.close();
    assertThat(task.thenApply(four -> four + 1).join()).isEqualTo(5);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> task.thenApplyAsync(four -> four + 1).join())
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void thePoolIsAnExecutorForDelays() {
    needsWorkers();
    Pool pool = io(1);
    Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, pool);
    String thread =
        CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), later).join();
    assertThat(thread).matches(stageThreads());
  }

  @Test
  void obtrudesStages() {
    Task<Integer> task = io(1).submit(() -> 4);
    Task<Integer> derived = task.thenApply(four -> four + 1);
    assertThat(derived.join()).isEqualTo(5);
    derived.obtrudeValue(6);
    assertThat(derived.resultNow()).isEqualTo(6);
    derived.obtrudeException(new IllegalStateException("obtruded"));
    assertThat(derived.exceptionNow()).hasMessage("obtruded");
    assertThat(derived.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.resultNow()).isEqualTo(4);
  }
}

package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.poolwright.Action;
import dev.poolwright.Job;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is submitted runs once, and its task has the outcome. */
abstract class SubmitContract extends PoolContract {

  @Test
  @Tag("scenario-1")
  @DisplayName("a submitted call gives its result")
  void givesResult() {
    assertThat(io(1).submit(() -> Work.power(2, 8)).join()).isEqualTo(256);
  }

  @Test
  void givesNullResult() {
    assertThat(io(1).<Object>submit(() -> null).join()).isNull();
  }

  @Test
  void runsActionsAndGivesNull() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<?> task = io(1).submit(Quiet.stopAt(port));
    gate.next().letGo();
    assertThat(task.get()).isNull();
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void givesTheResultThatARunnableStandsFor() {
    Action work = () -> {};
    assertThat(io(1).submit(work, "done").join()).isEqualTo("done");
  }

  @Test
  void refusesNull() {
    Pool pool = io(1);
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<?>) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null, "result"));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Job<?>) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Action) null));
    assertThatNullPointerException().isThrownBy(() -> pool.execute(null));
    assertThat(pool.stats().submitted()).isZero();
  }

  @Test
  @Tag("scenario-16")
  @DisplayName("a task that returns an exception succeeds with it")
  void returnsAnExceptionAsResult() {
    Task<Exception> task = io(1).submit(() -> new IllegalStateException("a value"));
    assertThat(task.join()).isInstanceOf(IllegalStateException.class).hasMessage("a value");
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  @Tag("scenario-19")
  @DisplayName("a failure does not disturb the next task of the same worker")
  void goesOnAfterFailure() {
    Pool pool = io(1);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(failed::get)
        .withCauseInstanceOf(IllegalArgumentException.class)
        .havingCause()
        .withMessage("wrong");
    assertThat(pool.submit(() -> 2).join()).isEqualTo(2);
  }

  @Test
  @Tag("scenario-20")
  @DisplayName("an Error reaches the task and the pool stays usable")
  void goesOnAfterErrors() {
    Pool pool = io(1);
    Task<Integer> asserted =
        pool.submit(
            () -> {
              throw new AssertionError("never");
            });
    Task<Integer> overflowed = pool.submit(() -> Work.overflow(0));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(asserted::get)
        .withCauseInstanceOf(AssertionError.class);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(overflowed::get)
        .withCauseInstanceOf(StackOverflowError.class);
    assertThat(pool.submit(() -> 2).join()).isEqualTo(2);
  }

  @Test
  void passesCheckedExceptionsOn() {
    Task<Integer> task =
        io(1)
            .submit(
                () -> {
                  throw new java.io.IOException("no disk");
                });
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(task::get)
        .withCauseInstanceOf(java.io.IOException.class);
    assertThat(task.exceptionNow()).hasMessage("no disk");
  }

  @Test
  @Tag("scenario-211")
  @DisplayName("a submit after shutdown is rejected, naming the pool and why")
  void rejectsAfterShutdown() {
    Pools pools = open(Shape.of("io", 1));
    Pool pool = pools.pool("io");
    pool.shutdown();
    Job<Integer> job = () -> 1;
    Callable<Integer> callable = job;
    Action action = () -> {};
    Runnable runnable = action;
    assertRejected(() -> pool.submit(job));
    assertRejected(() -> pool.submit(callable));
    assertRejected(() -> pool.submit(action));
    assertRejected(() -> pool.submit(runnable));
    assertRejected(() -> pool.submit(action, 1));
    assertRejected(() -> pool.execute(action));
    assertRejected(() -> pool.invokeAll(List.of(job)));
    assertRejected(() -> pool.invokeAny(List.of(job)));
    assertThat(pool.stats().rejected()).isEqualTo(8);
  }

  @Test
  @Tag("scenario-211")
  @DisplayName("also after shutdown of all pools")
  void rejectsAfterShutdownOfAll() {
    Pools pools = open(Shape.of("io", 1));
    pools.shutdown();
    assertRejected(() -> pools.pool("io").submit(() -> 1));
    pools.shutdownNow();
    assertRejected(() -> pools.pool("io").submit(() -> 1));
    pools.close();
    assertRejected(() -> pools.pool("io").submit(() -> 1));
  }

  private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable submit) {
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(submit)
        .withMessageStartingWith("pool \"io\" rejected ")
        .withMessageEndingWith(": it is shut down");
  }

  @Test
  void countsWhatItDid() throws Exception {
    Pool pool = io(2);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int number = i;
      tasks.add(pool.submit(() -> number % 3 == 0 ? Work.fail("third") : number));
    }
    for (Task<?> task : tasks) {
      awaitDone(task);
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(pool.stats().submitted()).isEqualTo(6);
    assertThat(pool.stats().succeeded()).isEqualTo(4);
    assertThat(pool.stats().failed()).isEqualTo(2);
    assertThat(pool.stats().running()).isZero();
    assertThat(pool.stats().queued()).isZero();
    assertThat(pool.stats().workers()).isZero();
  }

  @Test
  void namesItselfAndItsTasks() {
    Pool pool = io(1);
    Task<Integer> task = pool.submit(() -> 1);
    assertThat(pool.name()).isEqualTo("io");
    assertThat(pool.kind()).isEqualTo(kind().declared());
    assertThat(pool).hasToString("pool \"io\"");
    assertThat(task.join()).isEqualTo(1);
    assertThat(task.name()).isEqualTo("io.submit(SubmitContract lambda)");
    assertThat(task).hasToString("io.submit(SubmitContract lambda)[Completed normally]");
  }
}

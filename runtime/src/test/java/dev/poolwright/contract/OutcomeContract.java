package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a task says of itself, before and after it is done. */
abstract class OutcomeContract extends PoolContract {

  @Test
  @Tag("scenario-6")
  @DisplayName("each state says whether it is done and whether it is cancelled")
  void tellsItsState() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<Integer> queued = pool.submit(() -> Work.fail("wrong"));
    Task<Integer> cancelled = pool.submit(() -> 1);
    Gate.Visitor visitor = gate.next();
    cancelled.cancel(true);
    assertState(running, TaskStatus.RUNNING);
    assertState(queued, TaskStatus.QUEUED);
    assertState(cancelled, TaskStatus.CANCELLED);
    visitor.letGo();
    awaitDone(queued);
    assertState(running, TaskStatus.SUCCEEDED);
    assertState(queued, TaskStatus.FAILED);
  }

  private static void assertState(Task<?> task, TaskStatus status) {
    assertThat(task.status()).isEqualTo(status);
    assertThat(task.isDone()).isEqualTo(status.compareTo(TaskStatus.SUCCEEDED) >= 0);
    assertThat(task.isCancelled()).isEqualTo(status == TaskStatus.CANCELLED);
    assertThat(task.isCompletedExceptionally())
        .isEqualTo(status == TaskStatus.CANCELLED || status == TaskStatus.FAILED);
    assertThat(task).hasToString(task.name() + "[" + inWords(status) + "]");
    assertThat(stateOf(task)).isEqualTo(stateFor(status));
  }

  /** What {@code Future.state} says, which is there from Java 19 on. */
  private static String stateOf(Task<?> task) {
    try {
      return Future.class.getMethod("state").invoke(task).toString();
    } catch (NoSuchMethodException e) {
      return stateFor(task.status());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String stateFor(TaskStatus status) {
    return switch (status) {
      case QUEUED, RUNNING -> "RUNNING";
      case SUCCEEDED -> "SUCCESS";
      case FAILED -> "FAILED";
      case CANCELLED -> "CANCELLED";
    };
  }

  /** As {@code CompletableFuture} promises to say it. */
  private static String inWords(TaskStatus status) {
    return switch (status) {
      case QUEUED -> "Not completed, queued";
      case RUNNING -> "Not completed, running";
      case SUCCEEDED -> "Completed normally";
      case FAILED -> "Completed exceptionally: java.lang.IllegalArgumentException";
      case CANCELLED -> "Completed exceptionally: Cancelled";
    };
  }

  @Test
  @Tag("scenario-7")
  @DisplayName("get without patience gives what there is")
  void getsAtOnce() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<Integer> good = pool.submit(() -> 42);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    awaitDone(failed);
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Task<Integer> cancelled = pool.submit(() -> 1);
    cancelled.cancel(true);
    assertThat(good.get(0, TimeUnit.SECONDS)).isEqualTo(42);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> failed.get(0, TimeUnit.SECONDS))
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> running.get(0, TimeUnit.SECONDS));
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> cancelled.get(0, TimeUnit.SECONDS));
    assertThat(running.getNow("none")).isEqualTo("none");
    assertThat(good.getNow(0)).isEqualTo(42);
    assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> failed.getNow(0));
  }

  @Test
  @Tag("scenario-9")
  @Tag("scenario-10")
  @Tag("scenario-11")
  @DisplayName("a wait ends with a result, a cancel, a failure from another thread")
  void wakesWhoWaits() throws Exception {
    Pool pool = io(3);
    for (int round = 0; round < times(1); round++) {
      Gate gate = gate();
      int port = gate.port();
      Task<String> good = pool.submit(() -> Gate.stop(port));
      Gate.Visitor goodAtGate = gate.next();
      Task<Integer> failing = pool.submit(() -> Gate.stop(port) == null ? 0 : Work.fail("wrong"));
      Gate.Visitor failingAtGate = gate.next();
      Task<String> cancelled = pool.submit(() -> Gate.stop(port));
      gate.next();
      FutureTask<?> waits =
          new FutureTask<>(
              () -> {
                assertThat(good.get(30, TimeUnit.SECONDS)).isNotNull();
                assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> cancelled.get(30, TimeUnit.SECONDS));
                assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> failing.get(30, TimeUnit.SECONDS));
                return null;
              });
      Thread waiter = new Thread(waits, "waiter");
      waiter.start();
      awaitWaiting(waiter);
      goodAtGate.letGo();
      awaitDone(good);
      awaitWaiting(waiter);
      cancelled.cancel(true);
      awaitWaiting(waiter);
      failingAtGate.letGo();
      waits.get();
      waiter.join();
    }
  }

  @Test
  @Tag("scenario-15")
  @DisplayName("four threads read the same outcome a thousand times")
  void staysTheSame() throws Exception {
    Pool pool = io(1);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    awaitDone(failed);
    Throwable failure = failed.exceptionNow();
    ExecutorService readers = Executors.newFixedThreadPool(4, task -> new Thread(task, "reader"));
    List<Future<?>> reads = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      reads.add(
          readers.submit(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  assertThat(failed.isDone() && !failed.isCancelled()).isTrue();
                  assertThat(failed.exceptionNow()).isSameAs(failure);
                  assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
                }
              }));
    }
    for (Future<?> read : reads) {
      read.get();
    }
    readers.shutdown();
    assertThat(readers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Tag("scenario-17")
  @DisplayName("an exception that cannot be asked anything is a failure all the same")
  void keepsOddExceptions() throws Exception {
    Pool pool = io(1);
    Task<Integer> odd =
        pool.submit(
            () -> {
              throw new Work.MuteException();
            });
    Task<Integer> nameless =
        pool.submit(
            () -> {
              throw new IllegalStateException((String) null);
            });
    awaitDone(odd);
    assertThat(odd.status()).isEqualTo(TaskStatus.FAILED);
    awaitDone(nameless);
    assertThat(nameless.exceptionNow()).isInstanceOf(IllegalStateException.class);
    assertThat(nameless.exceptionNow().getMessage()).isNull();
    assertThat(pool.submit(() -> 2).join()).isEqualTo(2);
  }

  @Test
  void resultNowAndExceptionNowSayWhyNot() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<Integer> good = pool.submit(() -> 1);
    Task<Integer> failed = pool.submit(() -> Work.fail("wrong"));
    awaitDone(failed);
    Task<String> running = pool.submit(() -> Gate.stop(port));
    gate.next();
    Task<Integer> cancelled = pool.submit(() -> 1);
    cancelled.cancel(false);
    assertThat(good.resultNow()).isEqualTo(1);
    assertThat(failed.exceptionNow()).hasMessage("wrong");
    assertThatIllegalStateException()
        .isThrownBy(good::exceptionNow)
        .withMessage(good.name() + " is SUCCEEDED, not FAILED");
    assertThatIllegalStateException()
        .isThrownBy(failed::resultNow)
        .withMessage(failed.name() + " is FAILED, not SUCCEEDED");
    assertThatIllegalStateException()
        .isThrownBy(cancelled::resultNow)
        .withMessage(cancelled.name() + " is CANCELLED, not SUCCEEDED");
    assertThatIllegalStateException()
        .isThrownBy(cancelled::exceptionNow)
        .withMessage(cancelled.name() + " is CANCELLED, not FAILED");
    assertThatIllegalStateException()
        .isThrownBy(running::resultNow)
        .withMessage(running.name() + " is not done");
    assertThatIllegalStateException()
        .isThrownBy(running::exceptionNow)
        .withMessage(running.name() + " is RUNNING, not FAILED");
  }

  @Test
  void interruptedWaitLeavesTheTaskAlone() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Task<String> task = io(1).submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    FutureTask<?> waits =
        new FutureTask<>(
            () ->
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> task.get()));
    Thread waiter = new Thread(waits, "waiter");
    waiter.start();
    awaitWaiting(waiter);
    waiter.interrupt();
    waits.get();
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    visitor.letGo();
    assertThat(task.join()).isNotNull();
    waiter.join();
  }

  @Test
  void throwsTheCancellationItselfFromEveryWait() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    Task<?> busy = pool.submit(Quiet.stopAt(port));
    Task<Integer> cancelled = pool.submit(() -> 1);
    cancelled.cancel(true);
    List<ThrowingCallable> waits =
        List.of(
            cancelled::get,
            cancelled::join,
            () -> cancelled.get(1, TimeUnit.SECONDS),
            () -> cancelled.getNow(0));
    for (ThrowingCallable wait : waits) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(wait)
          .withNoCause()
          .withMessage(null);
    }
    gate.close();
    assertThat(busy.join()).isNull();
  }

  @Test
  @Tag("scenario-129")
  @DisplayName("a task that is kept keeps neither arguments nor work")
  void keepsNoArguments() throws Exception {
    Pool pool = io(1);
    Gate gate = gate();
    int port = gate.port();
    List<Task<?>> kept = new ArrayList<>();
    List<WeakReference<?>> references = new ArrayList<>();
    references.add(submitWithArgument(pool, kept, port));
    gate.next().letGo();
    references.add(submitWithArgument(pool, kept, port));
    references.add(submitWithArgument(pool, kept, port));
    Gate.Visitor stopped = gate.next();
    kept.get(2).cancel(true);
    kept.get(1).cancel(true);
    stopped.awaitGone();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    for (WeakReference<?> reference : references) {
      while (reference.get() != null) {
        System.gc();
      }
    }
    assertThat(kept).allMatch(Task::isDone);
  }

  private static WeakReference<?> submitWithArgument(Pool pool, List<Task<?>> kept, int port) {
    byte[] argument = new byte[16];
    kept.add(pool.submit(() -> Gate.stop(port) + argument.length));
    return new WeakReference<>(argument);
  }
}

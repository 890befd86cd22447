package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.poolwright.Job;
import dev.poolwright.Pool;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Task;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@code invokeAll} and {@code invokeAny}, as {@link java.util.concurrent.ExecutorService} has. */
abstract class InvokeContract extends PoolContract {

  private static Callable<Integer> value(int value) {
    Job<Integer> job = () -> value;
    return job;
  }

  private static Callable<Integer> failing(String message) {
    Job<Integer> job = () -> Work.fail(message);
    return job;
  }

  private static Callable<Integer> stopAt(int port) {
    Job<Integer> job = () -> Gate.stop(port).length();
    return job;
  }

  @Test
  void refusesNull() {
    Pool pool = io(1);
    List<Callable<Integer>> withNull = Arrays.asList(value(1), null);
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(withNull));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(null, 1, TimeUnit.SECONDS));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAll(List.of(value(1)), 1, null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(null));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(withNull));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(null, 1, TimeUnit.SECONDS));
    assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(List.of(value(1)), 1, null));
    assertThat(pool.stats().submitted()).isZero();
  }

  @Test
  void takesNone() throws Exception {
    Pool pool = io(1);
    List<Callable<Integer>> none = List.of();
    assertThat(pool.invokeAll(none)).isEmpty();
    assertThat(pool.invokeAll(none, 1, TimeUnit.SECONDS)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> pool.invokeAny(none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool.invokeAny(none, 1, TimeUnit.SECONDS))
        .withMessage("tasks is empty; must have one or more");
  }

  @Test
  void invokesAllInOrder() throws Exception {
    List<Future<Integer>> done =
        io(2).invokeAll(List.of(value(1), failing("wrong"), value(3)), 30, TimeUnit.SECONDS);
    assertThat(done).hasSize(3).allMatch(Future::isDone);
    assertThat(done.get(0).get()).isEqualTo(1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> done.get(1).get())
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(done.get(2).get()).isEqualTo(3);
  }

  @Test
  void invokesAllMoreThanTheQueueHolds() throws Exception {
    Pool pool = io(Shape.of("io", 2).queue(1));
    List<Future<Integer>> done = pool.invokeAll(Collections.nCopies(20, value(1)));
    assertThat(done).hasSize(20);
    for (Future<Integer> future : done) {
      assertThat(future.get()).isEqualTo(1);
    }
  }

  @Test
  void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
    Gate gate = gate();
    Pool pool = io(1);
    assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
    List<Future<Integer>> done =
        pool.invokeAll(
            List.of(stopAt(gate.port()), value(2)), limit().toMillis(), TimeUnit.MILLISECONDS);
    assertThat(done).hasSize(2).allMatch(Future::isCancelled);
    gate.next().awaitGone();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
  }

  @Test
  void interruptedInvokeAllCancelsAll() throws Exception {
    Gate gate = gate();
    Pool pool = io(1);
    int port = gate.port();
    FutureTask<?> invokes =
        new FutureTask<>(
            () ->
                assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> pool.invokeAll(List.of(stopAt(port), stopAt(port)))));
    Thread invoker = new Thread(invokes, "invoker");
    invoker.start();
    Gate.Visitor visitor = gate.next();
    awaitWaiting(invoker);
    invoker.interrupt();
    invokes.get();
    visitor.awaitGone();
    invoker.join();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(pool.stats().cancelled()).isEqualTo(2);
  }

  @Test
  void invokeAnyGivesTheFirstSuccessAndStopsTheRest() throws Exception {
    Gate gate = gate();
    Pool pool = io(2);
    int port = gate.port();
    assertThat(pool.invokeAny(List.of(stopAt(port), failing("wrong"), value(3), stopAt(port))))
        .isEqualTo(3);
    gate.close();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void invokeAnyFailsWithTheLastFailure() {
    Pool pool = io(1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> pool.invokeAny(List.of(failing("first"), failing("second"))))
        .withCauseInstanceOf(IllegalArgumentException.class)
        .havingCause()
        .withMessage("second");
  }

  @Test
  void invokeAnyEndsInTime() throws Exception {
    Gate gate = gate();
    Pool pool = io(1);
    assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
    int port = gate.port();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(
            () ->
                pool.invokeAny(
                    List.of(stopAt(port), value(2)), limit().toMillis(), TimeUnit.MILLISECONDS))
        .withMessage("no task of pool \"io\" succeeded in time");
    gate.next().awaitGone();
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(pool.stats().cancelled()).isEqualTo(2);
  }

  @Test
  void leavesNoFailureUnobserved() throws Exception {
    Pool pool = io(2);
    assertThat(pool.invokeAny(List.of(failing("one"), failing("two"), value(3)))).isEqualTo(3);
    List<Future<Integer>> done = pool.invokeAll(List.of(failing("three")));
    assertThat(done).hasSize(1);
    assertThat(unobserved).isEmpty();
  }

  @Test
  void waitsNoLongerThanItsTimeForAPlace() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 1).queue(1));
    Task<String> running = pool.submit(() -> Gate.stop(port));
    Gate.Visitor visitor = gate.next();
    Task<Integer> queued = pool.submit(() -> 1);
    List<Callable<Integer>> two = List.of(value(1), value(2));
    for (long millis : new long[] {20, 0, -1, Long.MIN_VALUE}) {
      List<Future<Integer>> late = pool.invokeAll(two, millis, TimeUnit.MILLISECONDS);
      assertThat(late).hasSize(2).allMatch(Future::isCancelled);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> pool.invokeAny(two, millis, TimeUnit.MILLISECONDS))
          .withMessage("no task of pool \"io\" succeeded in time");
    }
    assertThat(pool.stats().submitted()).isEqualTo(2);
    assertThat(pool.stats().cancelled() + pool.stats().rejected()).isZero();
    visitor.letGo();
    assertThat(running.join()).isNotNull();
    assertThat(queued.join()).isEqualTo(1);
    assertThat(pool.invokeAll(two, Long.MAX_VALUE, TimeUnit.DAYS)).allMatch(Future::isDone);
    assertThat(pool.invokeAny(two, Long.MAX_VALUE, TimeUnit.DAYS)).isIn(1, 2);
  }

  @Test
  void interruptedWaitForAPlaceEndsTheCall() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 1).queue(1));
    List<Callable<Integer>> three = List.of(stopAt(port), stopAt(port), value(3));
    List<Callable<Boolean>> calls =
        List.of(() -> pool.invokeAll(three).isEmpty(), () -> pool.invokeAny(three) == null);
    for (Callable<Boolean> call : calls) {
      FutureTask<?> invokes =
          new FutureTask<>(
              () -> {
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(call::call);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return null;
              });
      Thread invoker = new Thread(invokes, "invoker");
      invoker.start();
      Gate.Visitor visitor = gate.next();
      awaitWaiting(invoker);
      invoker.interrupt();
      invokes.get();
      invoker.join();
      visitor.awaitGone();
    }
    assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
    assertThat(pool.stats().submitted()).isEqualTo(1 + pool.stats().cancelled()).isEqualTo(5);
  }

  @Test
  void aRefusedSubmitCancelsTheOthers() throws Exception {
    Gate gate = gate();
    int port = gate.port();
    Pool pool = io(Shape.of("io", 1).queue(1).policy(SaturationPolicy.REJECT));
    List<Callable<Integer>> three = List.of(stopAt(port), stopAt(port), stopAt(port));
    assertThatExceptionOfType(PoolSaturatedException.class).isThrownBy(() -> pool.invokeAll(three));
    assertThat(pool.stats().submitted()).isEqualTo(2);
    assertThat(pool.stats().cancelled()).isEqualTo(2);
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}

package dev.poolwright.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.poolwright.Batch;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.Tasks;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.WaitFor;
import dev.poolwright.WaitTimeoutException;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.LeavesNothingBehind;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools go by the time that they were given: nothing passes before that does. */
@ExtendWith(LeavesNothingBehind.class)
@Timeout(60)
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class GivenTimeTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final SteppedTime time = SteppedTime.refusingWaits();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private Pools pools;
  private Pool pool;

  @BeforeEach
  void open() {
    ThreadPoolConfig io =
        ThreadPoolConfig.named("io")
            .maxWorkers(1)
            .queueCapacity(1)
            .keepAlive(HOUR)
            .timeout(HOUR)
            .whenSaturated(SaturationPolicy.BLOCK);
    pools = Pools.builder().pool(io).time(time).onUnobservedFailure(failure -> {}).build();
    pool = pools.pool("io");
  }

  @AfterEach
  void close() throws InterruptedException {
    release.countDown();
    pools.shutdownNow();
    // The wait of this thread would be refused.
    FutureTask<Boolean> end = new FutureTask<>(() -> pools.awaitTermination(HOUR));
    Thread other = new Thread(end);
    other.start();
    other.join();
  }

  private Task<Thread> blocker() throws InterruptedException {
    Task<Thread> blocker =
        pool.submit(
            () -> {
              begun.countDown();
              release.await();
              return Thread.currentThread();
            });
    begun.await();
    return blocker;
  }

  /** Waits by means of the JDK alone. */
  private static void awaitDone(Task<?> task) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<?> unused =
        CompletableFuture.anyOf(task).whenComplete((value, failure) -> done.countDown());
    done.await();
  }

  @Test
  void aTimeLimitPassesWithIt() throws InterruptedException {
    Task<?> task = blocker();
    time.pass(HOUR.minusNanos(1));
    assertThat(task).isNotDone();
    time.pass(Duration.ofNanos(1));
    awaitDone(task);
    assertThat(task.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void whatATaskNeedsNoMoreIsDropped() throws InterruptedException {
    Task<Thread> task = blocker();
    Task<Thread> unused = (Task<Thread>) task.orTimeout(3, TimeUnit.HOURS);
    assertThat(time.pending()).isGreaterThanOrEqualTo(2);
    release.countDown();
    awaitDone(task);
    time.pass(Duration.ofSeconds(1)); // The look at what is stuck.
    assertThat(time.pending()).isZero();
  }

  @Test
  void timeoutsOfTheFuturePassWithIt() throws InterruptedException {
    Task<Thread> running = blocker();
    Task<Integer> queued = pool.submit(() -> 7);
    CompletableFuture<Integer> replaced = queued.completeOnTimeout(8, 1, TimeUnit.MINUTES);
    CompletableFuture<Thread> stage =
        running.thenApply(thread -> thread).orTimeout(2, TimeUnit.MINUTES);
    time.pass(Duration.ofMinutes(1));
    awaitDone(queued);
    assertThat(replaced).isCompletedWithValue(8);
    assertThat(stage).isNotDone();
    time.pass(Duration.ofMinutes(1));
    awaitDone((Task<Thread>) stage);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(stage::join)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void anIdleWorkerIsKeptWithIt() throws InterruptedException {
    Task<Thread> task = blocker();
    release.countDown();
    awaitDone(task);
    Thread worker = task.resultNow();
    Task<Thread> again = pool.submit(Thread::currentThread);
    awaitDone(again);
    assertThat(again.resultNow()).isSameAs(worker);
    while (worker.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(100_000); // It goes idle.
    }
    time.pass(HOUR);
    worker.join();
    assertThat(pool.stats().workers()).isZero();
  }

  @Test
  void aTimedWaitPassesWithIt() throws Exception {
    Task<Thread> task = blocker();
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Boolean> wait =
        new FutureTask<>(
            () -> {
              waits.countDown();
              try {
                return task.get(1, TimeUnit.MINUTES) == null;
              } catch (TimeoutException e) {
                return true;
              }
            });
    Thread waiter = new Thread(wait);
    waiter.start();
    waits.await();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(100_000);
    }
    time.pass(Duration.ofMinutes(1));
    assertThat(wait.get()).isTrue();
    assertThat(task).isNotDone();
  }

  @Test
  void aBatchHasItsLimitFromIt() throws InterruptedException {
    Task<Thread> unused = blocker();
    Batch<Integer> batch =
        pool.map(x -> x, List.of(1, 2), MapOption.timeout(Duration.ofMinutes(1)));
    Iterator<Integer> results = batch.iterator();
    time.pass(Duration.ofMinutes(1));
    assertThatExceptionOfType(WaitTimeoutException.class).isThrownBy(results::next);
    assertThat(batch.progress().elapsed()).isEqualTo(Duration.ofMinutes(1));
  }

  /** Each would hang; the time ends it instead, and the task is none the worse for it. */
  @TestFactory
  Stream<DynamicTest> everyWaitMayBeRefused() throws InterruptedException {
    Task<Thread> task = blocker();
    Task<Integer> queued = pool.submit(() -> 7);
    List<Task<?>> both = List.of(task, queued);
    Map<String, ThrowingCallable> waits =
        Map.of(
            "get", queued::get,
            "get in time", () -> queued.get(1, TimeUnit.SECONDS),
            "join", queued::join,
            "join of a stage", queued.thenApply(value -> value)::join,
            "Tasks.await", () -> Tasks.await(both, WaitFor.FIRST_COMPLETED),
            "Tasks.asCompleted", () -> Tasks.asCompleted(both).iterator().next(),
            "submit", () -> pool.submit(() -> 8),
            "invokeAll", () -> pool.invokeAll(List.of(() -> 9)),
            "batch", () -> pool.map(x -> x, List.of(1)).toList(),
            "end", () -> pools.awaitTermination(HOUR));
    return waits.entrySet().stream()
        .map(
            wait ->
                DynamicTest.dynamicTest(
                    wait.getKey(),
                    () -> {
                      assertThatIllegalStateException()
                          .isThrownBy(wait.getValue())
                          .withMessageStartingWith("nothing ends the wait for ");
                      assertThat(task).isNotDone();
                      assertThat(queued).isNotDone();
                    }));
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    Task<Thread> task = blocker();
    FutureTask<Boolean> wait =
        new FutureTask<>(
            () -> {
              try {
                return task.get() == null;
              } catch (InterruptedException e) {
                return !Thread.currentThread().isInterrupted();
              }
            });
    Thread waiter = new Thread(wait);
    waiter.start();
    waiter.interrupt();
    assertThat(wait.get()).isTrue();
  }

  @Test
  void aResultOfAWaitOnAnotherThreadComes() throws InterruptedException, ExecutionException {
    Task<Thread> task = blocker();
    FutureTask<Thread> wait = new FutureTask<>(task::join);
    new Thread(wait).start();
    release.countDown();
    assertThat(wait.get()).isSameAs(task.resultNow());
  }
}

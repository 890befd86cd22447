package dev.poolwright.internal.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.PoolSaturatedException;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.task.PoolTask;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may enter, who runs when, and how a crew ends. */
@Timeout(30)
final class CrewTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final FakeHome home = new FakeHome();
  private final CountDownLatch release = new CountDownLatch(1);
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private Crew crew = crew(1, 1, SaturationPolicy.REJECT, HOUR);

  private Crew crew(int workers, int capacity, SaturationPolicy policy, long keepAliveNanos) {
    crew =
        new Crew(
            home,
            home.life(),
            new CrewLimits(workers, capacity, policy, keepAliveNanos, false, 256));
    home.onWithdrawal(crew::remove);
    return crew;
  }

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    crew.shutdown();
    assertThat(crew.awaitTermination(HOUR)).isTrue();
    home.close();
  }

  private PoolTask<String> blocked(String name) {
    return home.task(
        () -> {
          begun.add(name);
          release.await();
          return Thread.currentThread().getName();
        });
  }

  private PoolTask<String> quick(String name) {
    return home.task(
        () -> {
          begun.add(name);
          return Thread.currentThread().getName();
        });
  }

  private PoolTask<String> accepted(PoolTask<String> task) {
    assertThat(crew.accept(task)).isTrue();
    return task;
  }

  /** One task that runs until the end of the test. */
  private PoolTask<String> occupied() throws InterruptedException {
    PoolTask<String> running = accepted(blocked("running"));
    assertThat(begun.take()).isEqualTo("running");
    return running;
  }

  private FutureTask<Boolean> submitElsewhere(PoolTask<String> task) {
    FutureTask<Boolean> submit = new FutureTask<>(() -> crew.accept(task));
    Thread submitter = new Thread(submit, "submitter");
    submitter.start();
    spinUntil(() -> submit.isDone() || submitter.getState() == Thread.State.TIMED_WAITING);
    return submit;
  }

  private static void spinUntil(BooleanSupplier isSo) {
    while (!isSo.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
      LockSupport.parkNanos(100_000);
    }
  }

  // ---- who may enter

  @Test
  void aTaskRunsOnAWorkerOfThePool() {
    assertThat(accepted(quick("a")).join()).isEqualTo("fake-1");
  }

  @Test
  void tasksRunInTheirOrder() throws Exception {
    crew(1, 10, SaturationPolicy.REJECT, HOUR);
    PoolTask<String> first = occupied();
    PoolTask<String> second = accepted(quick("second"));
    PoolTask<String> third = accepted(quick("third"));

    release.countDown();

    assertThat(third.join()).isEqualTo("fake-1");
    assertThat(first.isDone() && second.isDone()).isTrue();
    assertThat(begun).containsExactly("second", "third");
  }

  @Test
  void whoeverTakesATaskAndLeavesOthersStartsTheNextWorker() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger started = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(3);
    try (FakeHome held = new FakeHome(thread -> startAfter(go, started, thread))) {
      CrewLimits three = new CrewLimits(3, 10, SaturationPolicy.REJECT, HOUR, false, 256);
      Crew slow = new Crew(held, held.life(), three);
      try {
        List<PoolTask<Object>> tasks =
            Stream.generate(() -> held.task(() -> meet(all))).limit(3).toList();
        tasks.forEach(slow::accept);
        int atFirst = started.get();
        go.countDown();
        tasks.forEach(PoolTask::join);

        assertThat(atFirst).as("one is on its way, so no other is started").isEqualTo(1);
        assertThat(started).hasValue(3);
      } finally {
        go.countDown();
        slow.shutdown();
      }
    }
  }

  private static void startAfter(CountDownLatch go, AtomicInteger started, Thread thread) {
    if (thread instanceof WorkerThread) {
      started.incrementAndGet();
    }
    Thread later =
        new Thread(
            () -> {
              spinUntil(() -> go.getCount() == 0);
              thread.start();
            });
    later.start();
  }

  private static Object meet(CountDownLatch all) throws InterruptedException {
    all.countDown();
    all.await();
    return all;
  }

  @Test
  void aFullCrewRejectsWithItsFigures() throws Exception {
    PoolTask<?> unused = occupied();
    PoolTask<?> unused2 = accepted(quick("queued"));

    assertThatExceptionOfType(PoolSaturatedException.class)
        .isThrownBy(() -> crew.accept(quick("too many")))
        .withMessageContaining("1 running, 1 queued (capacity 1)");
    assertThat(crew.figures().rejected()).isEqualTo(1);
  }

  @Test
  void theCallerRunsWhatFindsNoPlace() throws Exception {
    crew(1, 1, SaturationPolicy.CALLER_RUNS, HOUR);
    PoolTask<?> unused = occupied();
    PoolTask<?> unused2 = accepted(quick("queued"));

    assertThat(crew.accept(quick("here"))).isFalse();
    assertThat(crew.figures().submitted()).isEqualTo(3);
    crew.callerRan();
  }

  @Test
  void aSubmitterWaitsForAPlace() throws Exception {
    crew(1, 1, SaturationPolicy.BLOCK, HOUR);
    PoolTask<?> unused = occupied();
    PoolTask<String> queued = accepted(quick("queued"));
    PoolTask<String> third = quick("third");
    FutureTask<Boolean> submit = submitElsewhere(third);
    assertThat(submit.isDone()).isFalse();

    assertThat(queued.cancel(true)).isTrue();

    assertThat(submit.get()).isTrue();
    release.countDown();
    assertThat(third.join()).isEqualTo("fake-1");
  }

  @Test
  void aSubmitterThatWaitsIsRefusedByTheShutdown() throws Exception {
    crew(1, 1, SaturationPolicy.BLOCK, HOUR);
    PoolTask<?> unused = occupied();
    PoolTask<?> unused2 = accepted(quick("queued"));
    FutureTask<Boolean> submit = submitElsewhere(quick("late"));

    crew.shutdown();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(submit::get)
        .withCauseInstanceOf(RejectedExecutionException.class)
        .withMessageContaining("it is shut down");
  }

  @Test
  void aCancelledTaskLeavesTheQueue() throws Exception {
    PoolTask<?> unused = occupied();
    PoolTask<String> queued = accepted(quick("queued"));

    assertThat(queued.cancel(false)).isTrue();

    assertThat(crew.queued()).isEmpty();
    assertThat(crew.figures().queued()).isZero();
  }

  @Test
  void aReservedPlaceCountsUntilItIsGivenUp() throws Exception {
    PoolTask<?> unused = occupied();
    crew.reserve(quick("being prepared"));
    assertThatExceptionOfType(PoolSaturatedException.class)
        .isThrownBy(() -> crew.accept(quick("too many")));

    crew.cancelReserved();

    PoolTask<?> unused2 = accepted(quick("fits"));
    assertThat(crew.figures().submitted()).isEqualTo(2);
  }

  @Test
  void aTaskThatWasCancelledWhileItWasPreparedIsNotQueued() {
    PoolTask<String> task = quick("cancelled");
    crew.reserve(task);
    assertThat(task.cancel(true)).isTrue();

    crew.enqueueReserved(task);

    assertThat(crew.figures().queued()).isZero();
    assertThat(begun).isEmpty();
  }

  // ---- workers

  @Test
  void noMoreRunAtOnceThanMay() throws Exception {
    crew(2, 10, SaturationPolicy.REJECT, HOUR);
    for (int i = 0; i < 5; i++) {
      PoolTask<?> unused = accepted(blocked("task"));
    }
    assertThat(begun.take()).isEqualTo("task");
    assertThat(begun.take()).isEqualTo("task");

    assertThat(begun).isEmpty();
    assertThat(crew.figures().running()).isEqualTo(2);
    assertThat(crew.figures().workers()).isEqualTo(2);
  }

  @Test
  void anIdleWorkerIsWokenBeforeAnotherIsStarted() {
    crew(2, 10, SaturationPolicy.REJECT, HOUR);
    for (int i = 0; i < 5; i++) {
      assertThat(accepted(quick("task")).join()).isEqualTo("fake-1");
      spinUntil(() -> isParked("fake-1"));
    }

    assertThat(crew.figures().started()).isEqualTo(1);
  }

  private static boolean isParked(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void aWorkerThatIsIdleForTooLongEnds() {
    crew(1, 1, SaturationPolicy.REJECT, 1);
    assertThat(accepted(quick("task")).join()).isEqualTo("fake-1");

    spinUntil(() -> crew.figures().workers() == 0);

    assertThat(accepted(quick("another")).join()).isEqualTo("fake-1");
    assertThat(crew.figures().started()).isEqualTo(2);
  }

  @Test
  void theFirstWorkersAreStartedAhead() {
    crew(3, 1, SaturationPolicy.REJECT, HOUR);

    crew.prestart(3);

    assertThat(crew.figures().workers()).isEqualTo(3);
  }

  @Test
  void aPlaceThatIsLentIsUsedByAnother() throws Exception {
    crew(1, 10, SaturationPolicy.REJECT, HOUR);
    PoolTask<String> waits = occupied();
    PoolTask<String> other = accepted(quick("other"));

    crew.lend();

    assertThat(other.join()).isEqualTo("fake-2");
    crew.giveBack();
    assertThat(waits.isDone()).isFalse();
    assertThat(crew.figures().lent()).isZero();
  }

  @Test
  void aStageKeepsAPlaceUntilItEnds() {
    crew(1, 10, SaturationPolicy.REJECT, HOUR);
    PoolTask<String> stage = quick("stage");
    crew.keepPlace(stage);
    PoolTask<String> queued = accepted(quick("queued"));

    assertThat(crew.figures().running()).isEqualTo(1);
    assertThat(queued.isDone()).isFalse();
    crew.freePlace(stage);

    assertThat(queued.join()).isEqualTo("fake-1");
  }

  // ---- the end

  @Test
  void afterTheShutdownNothingEntersAndWhatWasAcceptedRuns() throws Exception {
    PoolTask<?> unused = occupied();
    PoolTask<String> queued = accepted(quick("queued"));

    crew.shutdown();

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> crew.accept(quick("late")))
        .withMessageContaining("it is shut down");
    assertThat(crew.isTerminated()).isFalse();
    release.countDown();
    assertThat(queued.join()).isEqualTo("fake-1");
    assertThat(crew.awaitTermination(HOUR)).isTrue();
    assertThat(home.told).contains("worker ends");
  }

  @Test
  void aCrewWithoutWorkersEndsAtOnce() {
    crew.shutdown();

    assertThat(crew.isTerminated()).isTrue();
  }

  @Test
  void awaitingTheEndGivesUpInTime() throws Exception {
    PoolTask<?> unused = occupied();
    crew.shutdown();

    assertThat(crew.awaitTermination(1)).isFalse();
  }

  @Test
  void theTasksThatRunAndWaitAreKnown() throws Exception {
    PoolTask<String> running = occupied();
    PoolTask<String> queued = accepted(quick("queued"));

    assertThat(crew.runningTasks()).isEqualTo(List.of(running));
    assertThat(crew.queued()).isEqualTo(List.of(queued));
  }
}

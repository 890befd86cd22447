package dev.poolwright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerEvent;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.LogLines;
import dev.poolwright.internal.life.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What listeners are told, and what can be seen of tasks and workers. */
abstract class ListenerContract extends PoolContract {

  private final Heard heard = new Heard();

  private Pools heard(Shape shape) {
    return open(Pools.builder().pool(shape.config(kind())).listener(heard));
  }

  private Pool heard() {
    return heard(Shape.of("io", 1)).pool("io");
  }

  @Test
  void tellsOfEachStepOfATaskWithItsTimes() throws Exception {
    Task<Integer> task = heard().submit(() -> Work.power(2, 10));
    assertThat(task.join()).isEqualTo(1_024);
    TaskEvent event = heard.await("run ended").task();
    assertThat(event.name()).isEqualTo(task.name());
    assertThat(event.pool()).isEqualTo("io");
    assertThat(event.kind()).isEqualTo(kind().declared());
    assertThat(event.number()).isEqualTo(1);
    assertThat(event.parent()).isEmpty();
    assertThat(event.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(event.failure()).isNull();
    assertThat(event.worker()).matches(workerNames());
    assertThat(event.pid().isPresent()).isEqualTo(kind() == Kind.PROCESS);
    assertThat(event.submittedNanos()).isLessThanOrEqualTo(event.startedNanos());
    assertThat(event.startedNanos()).isLessThanOrEqualTo(event.endedNanos());
    assertThat(event.endedNanos()).isLessThanOrEqualTo(event.runEndedNanos());
    assertThat(event.waited().plus(event.ran()))
        .isEqualTo(Duration.ofNanos(event.endedNanos() - event.submittedNanos()));
  }

  private String workerNames() {
    return kind() == Kind.CLUSTER ? "one|two|127\\.0\\.0\\.1:\\d+/[0-9a-f]{8}" : "io-.+";
  }

  @Test
  void tellsEachStepOnceAlsoOfElementsOfABatch() throws Exception {
    Pool pool = heard();
    assertThat(pool.map(n -> n + 1, MapContract.inputs(50), MapOption.chunkSize(7)).toList())
        .hasSize(50);
    pool.submit(() -> 1).join();
    pool.close();
    List<TaskEvent> tasks =
        heard.all().stream().map(Heard.Line::task).filter(e -> e != null).distinct().toList();
    assertThat(tasks).hasSize(51);
    assertThat(tasks.stream().map(TaskEvent::number).collect(Collectors.toSet())).hasSize(51);
    assertThat(tasks)
        .allSatisfy(
            task ->
                assertThat(heard.of(task))
                    .containsExactlyInAnyOrder("submitted", "started", "ended", "run ended"));
  }

  @Test
  void tellsOfFailuresAndLimits() throws Exception {
    Pool pool = heard();
    Task<Integer> failed = pool.submit(() -> Work.fail("oops"));
    TaskEvent first = heard.await("ended").task();
    assertThat(first.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(first.failure()).isSameAs(failed.exceptionNow()).hasMessageContaining("oops");
    CallOption limit = CallOption.timeout(Duration.ofMillis(200));
    Task<?> slow = pool.with(limit).submit(Quiet.stopAt(gate().port()));
    TaskEvent second = heard.await("ended").task();
    assertThat(second.failure()).isInstanceOf(TaskTimeoutException.class);
    assertThat(second.ran()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(slow.isDone()).isTrue();
  }

  @Test
  void aTaskThatNeverBeganHasAnEndButNoRun() throws Exception {
    Pool pool = heard();
    Gate gate = gate();
    Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    Task<Integer> queued = pool.submit(() -> 1);
    queued.cancel(true);
    TaskEvent event = heard.await("ended").task();
    assertThat(event.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(event.worker()).isNull();
    assertThat(event.startedNanos()).isZero();
    assertThat(event.ran()).isZero();
    gate.close();
    pool.close();
    assertThat(heard.of(event)).isEmpty();
  }

  @Test
  @SuppressWarnings("try") // It listens until it is closed.
  void whatWasSubmittedBeforeTheListenerIsNotToldAlsoWhenSomebodyLooked() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    Pool pool = pools.pool("io");
    Gate gate = gate();
    Task<?> before = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    try (PoolListener.Registration unused = pools.listen(heard)) {
      assertThat(pool.tasks()).hasSize(1);
      gate.close();
      awaitDone(before);
      assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
      assertThat(heard.await("run ended").task().submittedNanos()).isNotZero();
    }
  }

  @Test
  void tellsWhatWasRefused() throws Exception {
    Shape shape = Shape.of("io", 1).queue(0).policy(SaturationPolicy.REJECT);
    Pool pool = heard(shape).pool("io");
    Gate gate = gate();
    Task<?> unused = pool.submit(Quiet.stopAt(gate.port()));
    gate.next();
    assertThatExceptionOfType(PoolSaturatedException.class).isThrownBy(() -> pool.submit(() -> 1));
    TaskEvent event = heard.await("rejected").task();
    assertThat(event.failure()).isInstanceOf(PoolSaturatedException.class);
    assertThat(event.status()).isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void tellsOfWorkers() throws Exception {
    assumeFalse(
        kind() == Kind.VIRTUAL && VirtualThreads.EXIST, "virtual threads come with each task");
    Pool pool = heard();
    pool.submit(() -> 1).join();
    WorkerEvent started = heard.await("worker started").worker();
    assertThat(started.worker()).matches(workerNames());
    assertThat(started.pid().isPresent()).isEqualTo(kind() == Kind.PROCESS);
    assertThat(started.reason()).isNull();
    pool.close();
    WorkerEvent ended = heard.await("worker ended").worker();
    assertThat(ended.worker()).isEqualTo(started.worker());
    assertThat(ended.reason()).isEqualTo(kind() == Kind.PROCESS ? "retired" : "shutdown");
    assertThat(ended.isCrash()).isFalse();
  }

  @Test
  void whatACallbackSubmitsKnowsItsParent() throws Exception {
    Pool pool = heard();
    CountDownLatch done = new CountDownLatch(1);
    Gate gate = gate();
    Task<?> task = pool.submit(Quiet.stopAt(gate.port()));
    task.onDone(ended -> pool.submit(() -> 2).onDone(last -> done.countDown()));
    gate.close();
    done.await();
    pool.close();
    List<TaskEvent> tasks =
        heard.all().stream().map(Heard.Line::task).filter(e -> e != null).distinct().toList();
    assertThat(tasks.get(0).parent()).isEmpty();
    assertThat(tasks.get(1).parent()).hasValue(tasks.get(0).number());
  }

  @Test
  void aListenerThatThrowsIsNamedOnceAndChangesNothing() throws Exception {
    try (LogLines log = new LogLines()) {
      Pools pools =
          open(
              Pools.builder()
                  .pool(Shape.of("io", 1).config(kind()))
                  .listener(new Thrower())
                  .listener(heard));
      Pool pool = pools.pool("io");
      assertThat(pool.submit(() -> Work.power(2, 3)).join()).isEqualTo(8);
      assertThat(pool.map(n -> n, MapContract.inputs(9)).toList()).hasSize(9);
      awaitDone(pool.submit(() -> Work.fail("oops")));
      pool.close();
      assertThat(heard.all()).isNotEmpty();
      assertThat(said(log))
          .containsExactly(
              "listener " + Thrower.class.getName() + " failed; it is told of what follows");
    }
  }

  /** Throws whatever it is told. */
  private static final class Thrower implements PoolListener {
    private static void oops() {
      throw new NoClassDefFoundError("oops");
    }

    @Override
    public void taskSubmitted(TaskEvent event) {
      oops();
    }

    @Override
    public void taskStarted(TaskEvent event) {
      oops();
    }

    @Override
    public void taskEnded(TaskEvent event) {
      oops();
    }

    @Override
    public void runEnded(TaskEvent event) {
      oops();
    }

    @Override
    public void workerStarted(WorkerEvent event) {
      oops();
    }

    @Override
    public void workerEnded(WorkerEvent event) {
      oops();
    }
  }

  @Test
  void aListenerMayComeLaterAndGo() throws Exception {
    Pools pools = open(Shape.of("io", 1));
    Pool pool = pools.pool("io");
    pool.submit(() -> 1).join();
    PoolListener.Registration registration = pools.listen(heard);
    Task<Integer> second = pool.submit(() -> Work.power(3, 2));
    second.join();
    assertThat(heard.await("run ended").task().name()).isEqualTo(second.name());
    registration.close();
    registration.close();
    pool.submit(() -> 3).join();
    pool.close();
    assertThat(heard.all()).isEmpty();
  }

  // ---- what can be looked at

  private static Void report(int port) throws IOException {
    TaskContext.current().progress(0.5, "half");
    Gate.stop(port);
    return null;
  }

  @Test
  void showsRunningTasksAndWorkers() throws Exception {
    Pools pools = open(Shape.of("io", 2));
    Pool pool = pools.pool("io");
    assertThat(pools.all()).contains(pool);
    Gate gate = gate();
    int port = gate.port();
    CountDownLatch reported = new CountDownLatch(1);
    Task<?> task = pool.submit(() -> report(port));
    task.onProgress(progress -> reported.countDown());
    gate.next();
    reported.await();
    List<TaskView> tasks = pool.with().tasks();
    assertThat(tasks).hasSize(1);
    TaskView view = tasks.get(0);
    assertThat(view.name()).isEqualTo(task.name());
    assertThat(view.status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(view.progress()).hasValue(new TaskProgress(0.5, "half"));
    assertThat(view.number()).isPositive().isEqualTo(pool.tasks().get(0).number());
    assertShowsWorker(pool, view);
    gate.close();
    awaitDone(task);
    assertThat(view.status().isDone()).isTrue();
    assertThat(view.stack()).isEmpty();
    assertThat(pool.tasks()).isEmpty();
  }

  private void assertShowsWorker(Pool pool, TaskView view) {
    List<WorkerView> busy = new ArrayList<>(pool.workers());
    busy.removeIf(worker -> worker.task().isEmpty());
    assertThat(busy).hasSize(1);
    WorkerView worker = busy.get(0);
    assertThat(worker.name()).isEqualTo(view.worker());
    assertThat(worker.tasksTaken()).isEqualTo(1);
    assertThat(worker.pid()).isEqualTo(view.pid());
    assertThat(worker.task().orElseThrow().number()).isEqualTo(view.number());
    if (kind() == Kind.PROCESS) {
      assertThat(worker.residentBytes().orElseThrow()).isGreaterThan(10_000_000);
    }
  }
}

package dev.poolwright.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.internal.FakeHome;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.SiteCallback;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The states of a task, each move of the table. */
@Timeout(30)
final class PoolTaskTest {

  private final FakeHome home = new FakeHome();
  private final PoolTask<Integer> task = home.task(() -> 7);

  @AfterEach
  void end() throws InterruptedException {
    home.close();
  }

  private static void inThread(Runnable code) throws Exception {
    FutureTask<Void> run = new FutureTask<>(code, null);
    new Thread(run, "other").start();
    run.get();
  }

  // ---- queued

  @Test
  void aTaskIsQueuedUntilItBegins() {
    assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(task.begin()).isTrue();
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void aTaskBeginsOnce() {
    assertThat(task.begin()).isTrue();
    assertThat(task.begin()).isFalse();
  }

  @Test
  void aCancelBeforeTheBeginWithdrawsIt() {
    assertThat(task.cancel(true)).isTrue();

    assertThat(task.isWithdrawn()).isTrue();
    assertThat(task.begin()).isFalse();
    assertThat(home.told).containsExactly("withdrawn", "CANCELLED");
  }

  @Test
  void aTaskThatIsCompletedBeforeTheBeginNeverRuns() {
    assertThat(task.complete(8)).isTrue();

    task.run();

    assertThat(task.join()).isEqualTo(8);
    assertThat(home.told).containsExactly("withdrawn", "SUCCEEDED");
  }

  // ---- running

  @Test
  void aRunThatReturnsSucceeds() {
    task.run();

    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(task.join()).isEqualTo(7);
    assertThat(home.told).containsExactly("SUCCEEDED");
  }

  @Test
  void aRunThatThrowsFails() {
    PoolTask<Integer> bad =
        home.task(
            () -> {
              throw new IllegalStateException("no");
            });

    bad.run();

    assertThat(bad.failure()).hasMessage("no");
    assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class);
  }

  @Test
  void onlyTheFirstEndCounts() {
    assertThat(task.begin()).isTrue();

    assertThat(task.succeed(1)).isTrue();
    assertThat(task.fail(new IllegalStateException())).isFalse();
    assertThat(task.cancel(true)).isFalse();

    assertThat(task.join()).isEqualTo(1);
    assertThat(home.told).containsExactly("SUCCEEDED");
  }

  @Test
  void theCallIsDroppedWithTheEnd() {
    assertThat(task.call()).isNotNull();

    task.run();

    assertThat(task.call()).isNull();
  }

  @Test
  void aCancelWithInterruptStopsTheRun() throws Exception {
    assertThat(task.begin()).isTrue();
    Thread me = Thread.currentThread();
    home.onStop((stopped, runner) -> home.told.add("stop " + (runner == me)));

    inThread(() -> task.cancel(true));

    assertThat(home.told).containsExactly("stop true", "CANCELLED");
    assertThat(task.succeed(1)).isFalse();
    task.runEnded();
    assertThat(task.isCancelled()).isTrue();
  }

  @Test
  void aCancelWithoutInterruptLetsTheRunGoOnUnseen() throws Exception {
    assertThat(task.begin()).isTrue();

    inThread(() -> task.cancel(false));

    assertThat(task.isUnseen() || task.isDone()).isTrue();
    assertThat(home.told).containsExactly("CANCELLED");
    task.runEnded();
    assertThat(task.isUnseen()).isFalse();
  }

  @Test
  void theEndOfARunWaitsUntilItsStopWasSent() throws Exception {
    CountDownLatch isStopping = new CountDownLatch(1);
    CountDownLatch mayStop = new CountDownLatch(1);
    home.onStop(
        (stopped, runner) -> {
          isStopping.countDown();
          await(mayStop);
          home.told.add("stop sent");
        });
    assertThat(task.begin()).isTrue();
    FutureTask<Boolean> cancel = new FutureTask<>(() -> task.cancel(true));
    new Thread(cancel, "canceller").start();
    isStopping.await();

    mayStop.countDown();
    task.runEnded();

    assertThat(home.told).contains("stop sent");
    assertThat(cancel.get()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void callbacksOfAStoppedRunWaitForItsEnd() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    task.onDone(done -> called.countDown());
    assertThat(task.begin()).isTrue();

    inThread(() -> task.cancel(true));

    assertThat(task.isDone()).isTrue();
    assertThat(called.getCount()).isEqualTo(1);
    task.runEnded();
    called.await();
  }

  @Test
  void aPassedLimitStopsTheRunAndFailsTheTask() throws Exception {
    TaskSite hasty = TaskSite.ofHandWork(home, Duration.ofNanos(1), 0);
    PoolTask<Integer> slow = new PoolTask<>(hasty, null, new HandWork.OfCallable<>(() -> 7));
    CountDownLatch isStopped = new CountDownLatch(1);
    home.onStop((stopped, runner) -> isStopped.countDown());

    assertThat(slow.begin()).isTrue();
    isStopped.await();
    slow.runEnded();

    assertThatThrownBy(slow::get).hasCauseInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void whatTheWorkerLeavesOpenIsFailed() {
    assertThat(task.begin()).isTrue();

    task.ensureEnded(new IllegalStateException("the worker broke"));

    assertThat(task.failure()).hasMessage("the worker broke");
  }

  /** Of a task whose worker finds no room once, as it looks for callbacks for the n-th time. */
  private TaskSite withFullHeapAt(int n) {
    AtomicInteger looks = new AtomicInteger();
    List<SiteCallback<?>> callbacks =
        new AbstractList<>() {
          @Override
          public boolean isEmpty() {
            if (looks.incrementAndGet() == n) {
              throw new OutOfMemoryError("on purpose");
            }
            return true;
          }

          @Override
          public SiteCallback<?> get(int index) {
            throw new IndexOutOfBoundsException(index);
          }

          @Override
          public int size() {
            return 0;
          }
        };
    return new TaskSite("m", home, 0, "", 0, false, callbacks, null);
  }

  @Test
  void callbacksSeeADoneTaskAlsoWhereItsCompletionFailsAtFirst() {
    PoolTask<Integer> ended =
        new PoolTask<>(withFullHeapAt(1), null, new HandWork.OfCallable<>(() -> 7));
    List<TaskStatus> seen = new ArrayList<>();
    Task<Integer> unused = ended.onDone(done -> seen.add(done.status()));

    ended.run();

    assertThat(seen).containsExactly(TaskStatus.FAILED);
    assertThat(ended.failure()).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anEndThatIsEnsuredOnceMoreRunsNoCallbackAgain() {
    AtomicInteger calls = new AtomicInteger();
    Task<Integer> unused = task.onDone(done -> calls.incrementAndGet());
    task.run();

    task.ensureEnded(new IllegalStateException("the worker broke"));

    assertThat(calls).hasValue(1);
    Task<Integer> same = task.onDone(done -> calls.incrementAndGet());
    assertThat(same).isSameAs(task);
    assertThat(calls).hasValue(2);
  }

  @Test
  void callbacksThatTheWorkerFailedToTakeRunWithTheNextTry() {
    PoolTask<Integer> ended =
        new PoolTask<>(withFullHeapAt(2), null, new HandWork.OfCallable<>(() -> 7));
    List<TaskStatus> seen = new ArrayList<>();
    Task<Integer> unused = ended.onDone(done -> seen.add(done.status()));

    assertThatThrownBy(ended::run).isInstanceOf(OutOfMemoryError.class);
    assertThat(seen).isEmpty();
    ended.ensureEnded(new IllegalStateException("the worker broke"));

    assertThat(seen).containsExactly(TaskStatus.SUCCEEDED);
    assertThat(ended.join()).isEqualTo(7);
  }

  // ---- detached

  private PoolTask<Integer> ofStage(CompletableFuture<Integer> stage) {
    TaskSite site = new TaskSite("m", home, 0, "", 0, true, List.of(), null);
    return new PoolTask<>(site, null, raw(stage));
  }

  @SuppressWarnings("unchecked") // The result of such a call is the stage.
  private static Call<?, Integer> raw(CompletableFuture<Integer> stage) {
    Call<Object, Object> call = none -> stage;
    return (Call<?, Integer>) (Call<?, ?>) call;
  }

  @Test
  void aStageKeepsTheTaskOpenAndAPlace() {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    PoolTask<Integer> detached = ofStage(stage);

    detached.run();

    assertThat(detached.isDone()).isFalse();
    assertThat(home.told).containsExactly("keeps a place");
    assertThat(stage.complete(9)).isTrue();
    assertThat(detached.join()).isEqualTo(9);
    assertThat(home.told).containsExactly("keeps a place", "SUCCEEDED", "left the stage");
  }

  @Test
  void aStageThatIsDoneEndsTheRun() {
    PoolTask<Integer> done = ofStage(CompletableFuture.completedFuture(9));

    done.run();

    assertThat(done.join()).isEqualTo(9);
    assertThat(home.told).containsExactly("SUCCEEDED");
  }

  @Test
  void aCancelEndsTheStage() {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    PoolTask<Integer> detached = ofStage(stage);
    detached.run();

    assertThat(detached.cancel(true)).isTrue();

    assertThat(stage.isCancelled()).isTrue();
    assertThat(home.told).containsExactly("keeps a place", "left the stage", "CANCELLED");
    assertThatThrownBy(detached::join).isInstanceOf(CancellationException.class);
  }

  /** Its cause cannot be had. */
  private static final class Causeless extends CompletionException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      throw new StackOverflowError("on purpose");
    }
  }

  @Test
  void aFailureThatCannotBeUnwrappedIsLeftAsItIs() {
    Causeless failure = new Causeless();
    assertThat(ReadableFailure.unwrapped(failure)).isSameAs(failure);
    PoolTask<Integer> task = home.task(() -> 1);
    assertThat(task.completeExceptionally(failure)).isTrue();
    assertThat(task.failure()).isSameAs(failure);
    assertThat(task.toString()).contains(Causeless.class.getName());
  }
}

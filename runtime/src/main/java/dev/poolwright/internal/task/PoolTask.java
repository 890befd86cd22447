package dev.poolwright.internal.task;

import dev.poolwright.TaskTimeoutException;
import dev.poolwright.internal.access.RunningTask;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.spi.Call;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A task with work of its own: one object is the future, the queue entry and what the worker runs.
 *
 * @param <T> the result
 */
public class PoolTask<T extends @Nullable Object> extends StatefulTask<T> implements Runnable {

  // Links of the pool's queue, guarded by the lock of its crew.
  @Nullable PoolTask<?> next;
  @Nullable PoolTask<?> previous;
  boolean isQueued;

  PoolTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site, target, call);
  }

  // ---- the run, by the worker

  /** Runs the call on the calling thread, from begin to end. */
  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    Call<?, ?> work = call();
    boolean isOver = true;
    if (work != null) {
      try {
        isOver = returned(invoke(work, target()));
      } catch (Throwable e) {
        fail(e);
      }
    }
    if (isOver) {
      runEnded();
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Generated code pairs calls and targets.
  private @Nullable Object invoke(Call<?, ?> work, @Nullable Object on) throws Throwable {
    Call<@Nullable Object, ?> typed = (Call<@Nullable Object, ?>) work;
    if (!(Thread.currentThread() instanceof WorkerThread worker)) {
      return invokeBorrowed(typed, on);
    }
    PoolTask<?> before = worker.runs(this);
    try {
      return typed.on(on);
    } finally {
      PoolTask<?> unused = worker.runs(before);
      if (before == null) {
        // A flag that the method left set would meet the stages and callbacks.
        Thread.interrupted();
      }
    }
  }

  /** On a thread that is none of ours. */
  @SuppressWarnings("NullAway") // Generated code pairs calls and targets.
  private @Nullable Object invokeBorrowed(Call<@Nullable Object, ?> work, @Nullable Object on)
      throws Throwable {
    Object before = RunningTask.borrow(new RunContext(this));
    try {
      return work.on(on);
    } finally {
      Object unused = RunningTask.borrow(before);
    }
  }

  /**
   * Takes the task out of the queue for good: from here on the calling thread runs it. Starts the
   * time limit.
   *
   * @return false when it was cancelled or completed meanwhile, and must not run
   */
  public boolean begin() {
    if (!toRunning()) {
      return false;
    }
    if (site.limitNanos() > 0) {
      try {
        startLimit(site.limitNanos());
      } catch (Throwable e) {
        // No thread for the limit: the task must not run without it.
        fail(e);
      }
    }
    return true;
  }

  private void startLimit(long limitNanos) {
    TaskExtras more = extras();
    more.limit(pool().engine().deadlines(), limitNanos, () -> offThread(this::timeOut));
    if (isStopping()) {
      more.end();
    }
  }

  /** Whether the run is over; otherwise the stage that the method returned goes on by itself. */
  // The call site pairs calls and tasks; a result may be null where T may be.
  @SuppressWarnings({"unchecked", "NullAway"})
  private boolean returned(@Nullable Object value) {
    if (!site.isStage()) {
      succeed((T) value);
    } else if (value == null) {
      fail(new NullPointerException(name() + " returned null instead of a stage"));
    } else {
      return !detach((CompletionStage<T>) value);
    }
    return true;
  }

  /**
   * Ends the run with a result.
   *
   * @return false when somebody else ended the task, and the result is dropped
   */
  public boolean succeed(@Nullable T result) {
    if (!endRun()) {
      return false;
    }
    finishWith(result);
    return true;
  }

  /**
   * Ends the run with a failure.
   *
   * @return false when somebody else ended the task, and the failure is dropped
   */
  public boolean fail(Throwable failure) {
    if (!endRun()) {
      return false;
    }
    finishFailed(failure);
    return true;
  }

  /**
   * The run is over: nothing of it uses the thread or the worker JVM any more. Runs the callbacks;
   * of a task that ended without its worker they run on callback threads. Clears an interrupt that
   * was meant for this run.
   */
  public void runEnded() {
    if (isEnded()) {
      runCallbacks();
      return;
    }
    awaitStop();
    if (wasStopSent()) {
      Thread.interrupted();
    }
    if (endStopped()) {
      dispatchCallbacks();
    }
  }

  // ---- a method that returned a stage

  private boolean detach(CompletionStage<T> returned) {
    if (returned.toCompletableFuture().isDone()) {
      if (endRun()) {
        finishLike(returned);
      }
      return false;
    }
    extras().stage(returned);
    pool().engine().activity().hold();
    pool().elsewhere().add(this);
    if (detachRun()) {
      try {
        returned.whenComplete((value, failure) -> stageEnded(() -> finishLike(returned)));
      } catch (Throwable e) {
        stageEnded(() -> finishFailed(e));
      }
      return true;
    }
    stageLeft();
    extras().cancelStage();
    return false;
  }

  /** By the thread that ended the stage, which runs the stages of this task. */
  private void stageEnded(Runnable finish) {
    if (endDetached()) {
      Visit visit = Visit.begin(pool().engine());
      try {
        finish.run();
        dispatchCallbacks();
      } finally {
        visit.end();
        stageLeft();
      }
    }
  }

  /** The stage of this task holds up nobody any more. */
  private void stageLeft() {
    pool().elsewhere().remove(this);
    pool().engine().activity().release();
  }

  private void finishLike(CompletionStage<T> ended) {
    try {
      finishWith(ended.toCompletableFuture().join());
    } catch (CompletionException e) {
      finishFailed(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      finishFailed(e);
    }
  }

  // ---- the end from outside

  /**
   * Ends the task in place of its run.
   *
   * @param failure null for a result
   * @param isStop whether a run is to be stopped, or goes on unseen
   * @return where it was; ENDED when it was done already, or somebody else ended it
   */
  private From endFromOutside(@Nullable T result, @Nullable Throwable failure, boolean isStop) {
    Activity activity = pool().engine().activity();
    activity.hold();
    Visit visit = Visit.begin(pool().engine());
    try {
      From from = leave(isStop);
      if (from == From.ENDED) {
        awaitOutcome();
        return from;
      }
      try {
        if (from == From.QUEUED) {
          pool().crew().admission().remove(this);
          pool().endedBeforeRun(this);
        } else if (from == From.RUNNING && isStop) {
          stopRun();
        }
      } finally {
        // Also when a thread that is not ours refused the interrupt: nobody else would do it.
        finishFromOutside(from, result, failure, isStop);
      }
      return from;
    } finally {
      visit.end();
      activity.release();
    }
  }

  private void finishFromOutside(
      From from, @Nullable T result, @Nullable Throwable failure, boolean isStop) {
    if (failure == null) {
      finishWith(result);
    } else {
      finishFailed(failure);
    }
    cleanUp(from, isStop);
    boolean isLeft = from == From.RUNNING && pool().doCallbacksWaitForRun() && leaveCallbacks();
    if (!isLeft) {
      dispatchCallbacks();
    }
  }

  private void stopRun() {
    try {
      Thread thread = runner();
      if (thread != null) {
        sendingStop();
        pool().stopRun(this, thread);
      }
    } finally {
      stopSent();
    }
  }

  /** Runs foreign code, which holds nobody up now that the future is done. */
  private void cleanUp(From from, boolean isStop) {
    TaskExtras more = extrasIfAny();
    if (from == From.DETACHED) {
      extras().cancelStage();
      stageLeft();
    } else if (from == From.RUNNING && isStop && more != null) {
      more.stopped(this::offThread);
    }
  }

  /** Adds a clean-up, or runs it when the run was stopped already. */
  void onCancel(Runnable cleanUp) {
    TaskExtras more = extras();
    more.onCancel(cleanUp);
    if (wasStopSent()) {
      more.stopped(this::offThread);
    }
  }

  /** Whoever ends the task is between winning the right to and doing so. */
  private void awaitOutcome() {
    for (int looks = 0; !isDone(); looks++) {
      Threads.pause(looks);
    }
  }

  private void timeOut() {
    Duration limit = Duration.ofNanos(site.limitNanos());
    From unused =
        endFromOutside(
            null,
            new TaskTimeoutException(
                name() + " ran longer than " + limit + ", the limit of " + site.limitSource()),
            true);
  }

  /**
   * Waits once for room, by the thread that submits, under the lock of the condition.
   *
   * @throws InterruptedException when interrupted
   */
  @SuppressWarnings("WaitNotInLoop") // The caller looks again.
  public void awaitRoom(Condition room) throws InterruptedException {
    room.await();
  }

  /** The tasks that a user sees: this one, or those that it stands for. */
  List<PoolTask<?>> members() {
    return List.of(this);
  }

  /** Ends the task because its pool stops. */
  void stopNow() {
    Guard.run(
        () -> "stop of " + name(),
        () -> {
          From unused = endFromOutside(null, pool().stopped(), true);
        });
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone()) {
      From unused = endFromOutside(null, new CancellationException(), mayInterruptIfRunning);
    }
    return isCancelled();
  }

  @Override
  public boolean complete(T value) {
    return endFromOutside(value, null, true) != From.ENDED;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return endFromOutside(null, Objects.requireNonNull(failure), true) != From.ENDED;
  }

  /** Whoever obtrudes an outcome answers for it, and for the one before. */
  @Override
  public void obtrudeValue(T value) {
    observe();
    From unused = endFromOutside(value, null, true);
    super.obtrudeValue(value);
  }

  /** Whoever obtrudes an outcome answers for it, and for the one before. */
  @Override
  public void obtrudeException(Throwable failure) {
    Objects.requireNonNull(failure);
    observe();
    From unused = endFromOutside(null, failure, true);
    super.obtrudeException(failure);
  }
}

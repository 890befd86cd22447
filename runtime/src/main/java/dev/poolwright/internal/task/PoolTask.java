package dev.poolwright.internal.task;

import dev.poolwright.TaskContext;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.spi.Call;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A task with work of its own: one object is the future, the queue entry and what the worker runs.
 *
 * @param <T> the result
 */
public class PoolTask<T extends @Nullable Object> extends WorkTask<T> implements Runnable {

  /*
   * The state says who may complete the future: whoever moves it out of QUEUED, RUNNING or DETACHED.
   *
   * QUEUED    waits for a worker.
   *           -> RUNNING   begin(), by the worker
   *           -> ENDED     an outsider cancels or completes it; it leaves the queue and never runs
   * RUNNING   a worker runs it.
   *           -> ENDED     succeed() or fail(), by the worker, which completes the future
   *           -> DETACHED  the method returned a stage that is not done; the worker is free
   *           -> STOPPING  an outsider cancels with interrupt, completes it, or its limit has passed
   *           -> UNSEEN    an outsider cancels without interrupt: the run goes on, its result is dropped
   * DETACHED  the stage goes on by itself.
   *           -> ENDED     the stage ended, on whatever thread; or an outsider, who cancels the stage
   * STOPPING  the outsider is sending the interrupt or the kill; the worker waits for that in runEnded(),
   *           so that neither ever hits the next run (FutureTask's INTERRUPTING).
   *           -> UNSEEN    the outsider has sent it
   * UNSEEN    the run goes on while the outsider completes the future.
   *           -> LEFT      the outsider has completed it, and leaves the callbacks to the end of the run
   *           -> ENDED     runEnded(), by the worker; the outsider starts the callbacks
   * LEFT      -> ENDED     runEnded(), by the worker, which starts the callbacks
   * ENDED     final.
   */
  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int DETACHED = 2;
  private static final int STOPPING = 3;
  private static final int UNSEEN = 4;
  private static final int LEFT = 5;
  private static final int ENDED = 6;

  private static final VarHandle STATE = stateHandle();

  @SuppressWarnings("unused") // Through STATE.
  private volatile int state;

  // Written by the worker before RUNNING; read by whoever stops the run.
  private @Nullable Thread runner;

  // Written before UNSEEN: an interrupt or a kill was sent to the run.
  private boolean isStopSent;

  // Links of the pool's queue, guarded by the lock of its crew.
  @Nullable PoolTask<?> next;
  @Nullable PoolTask<?> previous;
  boolean isQueued;

  PoolTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site, target, call);
  }

  @Override
  public TaskStatus status() {
    if (isDone()) {
      return doneStatus();
    }
    return state == QUEUED ? TaskStatus.QUEUED : TaskStatus.RUNNING;
  }

  @Override
  boolean isStopping() {
    return state >= STOPPING;
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
    TaskContext before = TaskContext.Carrier.lend(new RunContext(this));
    try {
      return work.on(on);
    } finally {
      TaskContext unused = TaskContext.Carrier.lend(before);
    }
  }

  /**
   * Takes the task out of the queue for good: from here on the calling thread runs it. Starts the
   * time limit.
   *
   * @return false when it was cancelled or completed meanwhile, and must not run
   */
  public boolean begin() {
    runner = Thread.currentThread();
    if (!STATE.compareAndSet(this, QUEUED, RUNNING)) {
      runner = null;
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
    if (!STATE.compareAndSet(this, RUNNING, ENDED)) {
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
    if (!STATE.compareAndSet(this, RUNNING, ENDED)) {
      return false;
    }
    finishFailed(failure);
    return true;
  }

  @SuppressWarnings("NullAway") // A result may be null where T may be.
  private void finishWith(@Nullable T result) {
    completed(Outcome.SUCCEEDED);
    super.complete(result);
    ended(Outcome.SUCCEEDED);
  }

  private void finishFailed(Throwable failure) {
    boolean isCancel = failure instanceof CancellationException;
    Outcome outcome = isCancel ? Outcome.CANCELLED : Outcome.FAILED;
    completed(outcome);
    super.completeExceptionally(failure);
    if (!isCancel) {
      reportUnlessObserved(failure);
    }
    ended(outcome);
  }

  /** Waits until whoever stops this run has sent the interrupt or the kill. By the worker. */
  public void awaitStop() {
    for (int looks = 0; state == STOPPING; looks++) {
      Threads.pause(looks);
    }
  }

  /**
   * The run is over: nothing of it uses the thread or the worker JVM any more. Runs the callbacks;
   * of a task that ended without its worker they run on callback threads. Clears an interrupt that
   * was meant for this run.
   */
  public void runEnded() {
    if (state == ENDED) {
      runCallbacks();
      return;
    }
    awaitStop();
    if (isStopSent) {
      Thread.interrupted();
    }
    if (!STATE.compareAndSet(this, UNSEEN, ENDED)) {
      state = ENDED;
      dispatchCallbacks();
    }
  }

  // ---- a method that returned a stage

  private boolean detach(CompletionStage<T> returned) {
    if (returned.toCompletableFuture().isDone()) {
      stageEnded(RUNNING, returned);
      return false;
    }
    extras().stage(returned);
    pool().engine().activity().hold();
    if (STATE.compareAndSet(this, RUNNING, DETACHED)) {
      returned.whenComplete((value, failure) -> stageEnded(DETACHED, returned));
      return true;
    }
    pool().engine().activity().release();
    extras().cancelStage();
    return false;
  }

  private void stageEnded(int expected, CompletionStage<T> ended) {
    if (!STATE.compareAndSet(this, expected, ENDED)) {
      return;
    }
    try {
      T value = ended.toCompletableFuture().join();
      finishWith(value);
    } catch (CompletionException e) {
      finishFailed(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      finishFailed(e);
    }
    if (expected == DETACHED) {
      dispatchCallbacks();
      pool().engine().activity().release();
    }
  }

  // ---- the end from outside

  /**
   * Ends the task in place of its run.
   *
   * @param failure null for a result
   * @param isStop whether a run is to be stopped, or goes on unseen
   * @return false when it was done already, or somebody else ended it
   */
  private boolean endFromOutside(@Nullable T result, @Nullable Throwable failure, boolean isStop) {
    Activity activity = pool().engine().activity();
    activity.hold();
    try {
      int from = leave(isStop);
      if (from == ENDED) {
        awaitOutcome();
        return false;
      }
      if (failure == null) {
        finishWith(result);
      } else {
        finishFailed(failure);
      }
      cleanUp(from, isStop);
      boolean isLeft =
          from == RUNNING
              && pool().doCallbacksWaitForRun()
              && STATE.compareAndSet(this, UNSEEN, LEFT);
      if (!isLeft) {
        dispatchCallbacks();
      }
      return true;
    } finally {
      activity.release();
    }
  }

  /** Wins the right to complete the future, and stops the run; the state it was in, or ENDED. */
  private int leave(boolean isStop) {
    while (true) {
      int now = state;
      if (now == QUEUED && STATE.compareAndSet(this, QUEUED, ENDED)) {
        pool().crew().admission().remove(this);
        return now;
      } else if (now == RUNNING && STATE.compareAndSet(this, now, isStop ? STOPPING : UNSEEN)) {
        if (isStop) {
          stopRun();
        }
        return now;
      } else if (now == DETACHED && STATE.compareAndSet(this, DETACHED, ENDED)) {
        return now;
      } else if (now > DETACHED) {
        return ENDED;
      }
    }
  }

  private void stopRun() {
    try {
      Thread thread = runner;
      if (thread != null) {
        isStopSent = true;
        pool().stopRun(this, thread);
      }
    } finally {
      state = UNSEEN;
    }
  }

  /** Runs foreign code, which holds nobody up now that the future is done. */
  private void cleanUp(int from, boolean isStop) {
    TaskExtras more = extrasIfAny();
    if (from == DETACHED) {
      extras().cancelStage();
      pool().engine().activity().release();
    } else if (from == RUNNING && isStop && more != null) {
      more.stopped(this::offThread);
    }
  }

  /** Adds a clean-up, or runs it when the run was stopped already. */
  void onCancel(Runnable cleanUp) {
    TaskExtras more = extras();
    more.onCancel(cleanUp);
    if (state >= UNSEEN && isStopSent) {
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
    boolean unused =
        endFromOutside(
            null,
            new TaskTimeoutException(
                name() + " ran longer than " + limit + ", the limit of " + site.limitSource()),
            true);
  }

  /** The tasks that a user sees: this one, or those that it stands for. */
  List<PoolTask<?>> members() {
    return List.of(this);
  }

  /** Ends the task because its pool stops. */
  void stopNow() {
    boolean unused = endFromOutside(null, new CancellationException(pool() + " was stopped"), true);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone()) {
      boolean unused = endFromOutside(null, new CancellationException(), mayInterruptIfRunning);
    }
    return isCancelled();
  }

  @Override
  public boolean complete(T value) {
    return endFromOutside(value, null, true);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return endFromOutside(null, Objects.requireNonNull(failure), true);
  }

  @Override
  public void obtrudeValue(T value) {
    boolean unused = endFromOutside(value, null, true);
    super.obtrudeValue(value);
  }

  @Override
  public void obtrudeException(Throwable failure) {
    boolean unused = endFromOutside(null, Objects.requireNonNull(failure), true);
    super.obtrudeException(failure);
  }

  private static VarHandle stateHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(PoolTask.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.TaskStatus;
import dev.poolwright.spi.Call;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The states of a task with work, and each move between them.
 *
 * @param <T> the result
 */
abstract class StatefulTask<T extends @Nullable Object> extends WorkTask<T> {

  /*
   * The state says who may complete the future: whoever moves it out of QUEUED, RUNNING or DETACHED.
   *
   * QUEUED    waits for a worker.
   *           -> RUNNING   toRunning(), by the worker
   *           -> WITHDRAWN an outsider cancels or completes it; it leaves the queue and never runs
   * RUNNING   a worker runs it.
   *           -> ENDED     endRun(), by the worker, which completes the future
   *           -> DETACHED  detachRun(), by the worker, which is free: the method returned a stage that
   *                        is not done
   *           -> STOPPING  an outsider cancels with interrupt, completes it, or its limit has passed
   *           -> UNSEEN    an outsider cancels without interrupt: the run goes on, its result is dropped
   * DETACHED  the stage goes on by itself.
   *           -> ENDED     endDetached(), by the thread that ended the stage; or an outsider, who cancels
   *                        the stage
   * STOPPING  the outsider is sending the interrupt or the kill; the worker waits for that in awaitStop(),
   *           so that neither ever hits the next run (FutureTask's INTERRUPTING).
   *           -> UNSEEN    stopSent(), by the outsider
   * UNSEEN    the run goes on while the outsider completes the future.
   *           -> LEFT      leaveCallbacks(), by the outsider, who has completed it
   *           -> ENDED     endStopped(), by the worker; the outsider starts the callbacks
   * LEFT      -> ENDED     endStopped(), by the worker, which starts the callbacks
   * ENDED, WITHDRAWN  final.
   *
   * What an outsider does is in leave().
   */
  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int DETACHED = 2;
  private static final int STOPPING = 3;
  private static final int UNSEEN = 4;
  private static final int LEFT = 5;
  private static final int ENDED = 6;
  private static final int WITHDRAWN = 7;

  private static final VarHandle STATE = stateHandle();

  @SuppressWarnings("unused") // Through STATE.
  private volatile int state;

  // Written by the worker before RUNNING, dropped by it at the end; read by whoever stops the run,
  // before stopSent().
  private @Nullable Thread runner;

  // Written before UNSEEN: an interrupt or a kill was sent to the run.
  private boolean isStopSent;

  StatefulTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site, target, call);
  }

  /** In which state an outsider found the task that it is to end. */
  enum From {
    QUEUED,
    RUNNING,
    DETACHED,
    /** Somebody else has ended it, or is about to. */
    ENDED
  }

  @Override
  public final TaskStatus status() {
    if (isDone()) {
      return super.status();
    }
    return state == QUEUED ? TaskStatus.QUEUED : TaskStatus.RUNNING;
  }

  @Override
  final boolean isStopping() {
    return state >= STOPPING;
  }

  /** Whether nobody has ended it, or is about to. */
  public final boolean isWanted() {
    int now = state;
    return now == QUEUED || now == RUNNING;
  }

  /** Whether the worker has ended the run and completed the future. */
  final boolean isEnded() {
    return state == ENDED;
  }

  /** Whether it was ended before it began. */
  final boolean isWithdrawn() {
    return state == WITHDRAWN;
  }

  /** Whether the run goes on although the task is done. */
  final boolean isUnseen() {
    return state == UNSEEN;
  }

  /** Whether an interrupt or a kill was sent to the run. */
  final boolean wasStopSent() {
    return state >= UNSEEN && isStopSent;
  }

  /** The thread of the run, once it has begun. */
  final @Nullable Thread runner() {
    return runner;
  }

  // ---- moves of the worker

  /** The calling thread runs the task from here on; false when it must not. */
  final boolean toRunning() {
    runner = Thread.currentThread();
    if (!STATE.compareAndSet(this, QUEUED, RUNNING)) {
      runner = null;
      return false;
    }
    return true;
  }

  /** The run is over; true when the calling thread is to complete the future. */
  final boolean endRun() {
    return dropRunnerIf(STATE.compareAndSet(this, RUNNING, ENDED));
  }

  private boolean dropRunnerIf(boolean isOver) {
    if (isOver) {
      runner = null;
    }
    return isOver;
  }

  /** The run goes on as a stage; false when somebody else ended it. */
  final boolean detachRun() {
    return dropRunnerIf(STATE.compareAndSet(this, RUNNING, DETACHED));
  }

  /** The stage is over; true when the calling thread is to complete the future. */
  final boolean endDetached() {
    return STATE.compareAndSet(this, DETACHED, ENDED);
  }

  /** Waits until whoever stops this run has sent the interrupt or the kill. By the worker. */
  public final void awaitStop() {
    for (int looks = 0; state == STOPPING; looks++) {
      Threads.pause(looks);
    }
  }

  /** A stopped or unseen run is over; true when the worker is to start the callbacks. */
  final boolean endStopped() {
    runner = null;
    if (STATE.compareAndSet(this, UNSEEN, ENDED)) {
      return false;
    }
    state = ENDED;
    return true;
  }

  // ---- moves of an outsider

  /**
   * Wins the right to complete the future. Who stops a run is to send the stop next.
   *
   * @param isStop whether a run is to be stopped, or goes on unseen
   */
  final From leave(boolean isStop) {
    while (true) {
      int now = state;
      if (now == QUEUED && STATE.compareAndSet(this, QUEUED, WITHDRAWN)) {
        return From.QUEUED;
      } else if (now == RUNNING && STATE.compareAndSet(this, now, isStop ? STOPPING : UNSEEN)) {
        return From.RUNNING;
      } else if (now == DETACHED && STATE.compareAndSet(this, DETACHED, ENDED)) {
        return From.DETACHED;
      } else if (now > DETACHED) {
        return From.ENDED;
      }
    }
  }

  /** Says, before it is sent, that the run is told to stop. */
  final void sendingStop() {
    isStopSent = true;
  }

  /** The stop was sent, or there was nobody to send it to. */
  final void stopSent() {
    state = UNSEEN;
  }

  /** Leaves the callbacks to the end of the run; false when that was already. */
  final boolean leaveCallbacks() {
    return STATE.compareAndSet(this, UNSEEN, LEFT);
  }

  private static VarHandle stateHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(StatefulTask.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.life.Life;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a task asks of the pool that runs it. */
public interface TaskHome {

  /** The pool's name. */
  String name();

  /** What its workers are. */
  PoolKind kind();

  /** What the pool shares with the others. */
  Life life();

  /** Counts the end of a task. */
  void count(Outcome outcome);

  /** A task was ended before it ran: it leaves the queue. */
  void withdrawn(PoolTask<?> task);

  /** Stops the run of a task: interrupts its thread, or kills its worker JVM. Must not block. */
  void stopRun(PoolTask<?> task, Thread runner);

  /** Says to a task on which worker JVM it runs, if that is so. */
  void identify(PoolTask<?> task, Thread runner);

  /** What the method of a task does on a thread, or in the worker JVM that this drives. */
  List<StackTraceElement> stackOf(PoolTask<?> task, Thread runner);

  /** The same for a run that is about to be stopped; waits for moments at most. */
  List<StackTraceElement> stackAtLimit(PoolTask<?> task, Thread runner);

  /** Whether callbacks of a stopped task wait until its run has really ended. */
  boolean doCallbacksWaitForRun();

  /** Runs stages that name no executor. */
  Executor stageExecutor();

  /**
   * The calling thread is about to wait for a task of this pool: it may lend its place.
   *
   * @return what gives it back; null when there is nothing to lend
   */
  @Nullable Runnable lendPlace();

  /**
   * A stage of this pool ends with a task of another.
   *
   * @return to be run when that task is done
   */
  Runnable waitsFor(TaskHome other);

  /**
   * The method of a task has returned a stage, which goes on without a worker until {@link
   * #leftStage}.
   *
   * @param keepsPlace whether it keeps the place of the worker that calls
   */
  void goesOn(PoolTask<?> task, boolean keepsPlace);

  /** Such a stage has ended, or nobody waits for it any more. */
  void leftStage(PoolTask<?> task);

  /** What ends a task that is not done when the pool stops. */
  CancellationException stopped();
}

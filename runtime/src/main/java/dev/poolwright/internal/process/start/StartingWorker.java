package dev.poolwright.internal.process.start;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.task.PoolTask;
import org.jspecify.annotations.Nullable;

/**
 * A worker JVM that is being started, as those see it who want to stop that.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class StartingWorker {
  /*
   * PENDING   there is no process yet, or it is not ready: from the start.
   * READY     PENDING -> READY by the thread that starts it. Final: from here on it is a WorkerJvm.
   * STOPPED   PENDING -> STOPPED by anybody, who kills the process. Final: the thread that starts it
   *           kills a process that comes later, and sees it off.
   */
  private enum State {
    PENDING,
    READY,
    STOPPED
  }

  private final @Nullable PoolTask<?> task;

  @GuardedBy("this")
  private State state = State.PENDING;

  @GuardedBy("this")
  private @Nullable Runnable kill;

  private final @Nullable ClassLoader origin;

  /**
   * Nothing is started yet.
   *
   * @param task what needs the worker; null when it is started ahead of need
   * @param origin whose class path it gets, as {@link ClassPath#origin} tells
   */
  public StartingWorker(@Nullable PoolTask<?> task, @Nullable ClassLoader origin) {
    this.task = task;
    this.origin = origin;
  }

  @Nullable ClassLoader origin() {
    return origin;
  }

  public boolean isFor(PoolTask<?> other) {
    return task == other;
  }

  /** Binary name of the class of the call that needs it; empty when nothing does so far. */
  String callClass() {
    Parcel parcel = Parcel.of(task);
    return parcel == null ? "" : parcel.type().getName();
  }

  /** The process runs, and can be killed. */
  synchronized void runs(Runnable killIt) {
    kill = killIt;
    if (state == State.STOPPED) {
      killIt.run();
    }
  }

  /** The worker is ready; false when it was stopped before, and its process is killed. */
  synchronized boolean ready() {
    if (state == State.PENDING) {
      state = State.READY;
    }
    return state == State.READY;
  }

  /** Kills what is being started; does nothing once that is ready. */
  public synchronized void stop() {
    if (state == State.PENDING) {
      state = State.STOPPED;
      if (kill != null) {
        kill.run();
      }
    }
  }

  public synchronized boolean isStopped() {
    return state == State.STOPPED;
  }
}

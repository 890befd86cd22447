package dev.poolwright.internal.task;

import dev.poolwright.internal.access.RunningTask;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes tasks of one pool, one at a time. A daemon: the keeper keeps the JVM alive.
 */
public final class WorkerThread extends Thread implements RunningTask.Carrier {

  private final Crew crew;
  private final int number;

  // Guarded by the lock of the crew.
  boolean isIdle;
  @Nullable PoolTask<?> current;

  // Confined to this thread: the task whose method it runs, if any.
  private @Nullable PoolTask<?> running;

  // Written by this thread.
  private volatile boolean isDriving;

  WorkerThread(Crew crew, String name, int number) {
    super(null, null, name, 0, false);
    this.crew = crew;
    this.number = number;
    setDaemon(true);
  }

  Crew crew() {
    return crew;
  }

  int number() {
    return number;
  }

  /** Says which task's method this thread runs from here on; returns the one until here. */
  @Nullable PoolTask<?> runs(@Nullable PoolTask<?> task) {
    PoolTask<?> before = running;
    running = task;
    return before;
  }

  @Override
  public @Nullable Object taskContext() {
    PoolTask<?> task = running;
    return task == null ? null : new RunContext(task);
  }

  @Override
  public void run() {
    crew.work(this);
  }

  /**
   * Whether it waits for a process, which will answer or end: not a stall, however long it takes.
   */
  boolean isDriving() {
    return isDriving;
  }

  /** Says whether it waits for a process from here on. By this thread. */
  public void driving(boolean isWaiting) {
    isDriving = isWaiting;
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.internal.access.RunningTask;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.OwnThread;
import org.jspecify.annotations.Nullable;

/** A thread of ours that runs tasks, one at a time or one within another. */
public abstract class TaskThread extends OwnThread implements RunningTask.Holder {

  // Confined to this thread: the task whose method it runs, if any.
  private @Nullable PoolTask<?> running;

  /**
   * Not started.
   *
   * @param life of the pools
   * @param name of the thread
   */
  protected TaskThread(Life life, String name) {
    super(life, name);
  }

  /** Says which task's method this thread runs from here on; returns the one until here. */
  @Nullable PoolTask<?> runs(@Nullable PoolTask<?> task) {
    PoolTask<?> before = running;
    running = task;
    return before;
  }

  @Override
  public final @Nullable Object taskContext() {
    PoolTask<?> task = running;
    return task == null ? null : new RunContext(task);
  }
}

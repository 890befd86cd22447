package dev.poolwright.internal.thread;

import dev.poolwright.internal.task.ChunkTask;
import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.LocalPool;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.WorkerThread;

/**
 * A pool without workers: every task runs at once on the thread that submits it. For unit tests.
 */
public final class DirectPool extends LocalPool {

  /**
   * A pool that will never have a worker.
   *
   * @param engine what it shares with other pools
   * @param settings resolved
   */
  public DirectPool(Engine engine, PoolSettings settings) {
    super(engine, settings);
  }

  @Override
  protected void submitTask(PoolTask<?> task) {
    submitHere(task);
  }

  @Override
  protected boolean isDirect() {
    return true;
  }

  @Override
  protected void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    submitHere(chunk);
  }

  @Override
  protected void runTask(PoolTask<?> task, WorkerThread worker) {
    throw new IllegalStateException("a direct pool has no workers");
  }
}

package dev.poolwright.internal.pool;

import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;

/**
 * A pool without workers: every task runs at once on the thread that submits it. For unit tests.
 */
public final class DirectPool extends LocalPool {

  /**
   * A pool that will never have a worker.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   */
  public DirectPool(Life life, PoolSettings settings) {
    super(life, settings);
  }

  @Override
  protected void submitTask(PoolTask<?> task) {
    submitHere(task);
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public void submitChunk(ChunkTask chunk, boolean isAdmitted) {
    submitHere(chunk);
  }

  @Override
  public void runTask(PoolTask<?> task, WorkerThread worker) {
    throw new IllegalStateException("a direct pool has no workers");
  }
}

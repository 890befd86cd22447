package dev.poolwright.internal.batch;

import dev.poolwright.internal.task.TaskHome;
import dev.poolwright.internal.task.TaskSite;
import java.util.concurrent.Executor;

/** What a batch asks of the pool that runs its elements. */
public interface BatchHome extends TaskHome {

  /** Most tasks that run at once. */
  int maxWorkers();

  /** Whether tasks run on the threads that submit them. */
  boolean isDirect();

  /** Whether a stage that a method returned goes on without the worker, in whose place it is. */
  boolean leavesStages();

  /** Feeds batches on; where calls are serialized for that, foreign code runs. */
  Executor feedThreads();

  /** Lets in a batch that feeds itself until {@link #fed}. */
  void admitBatch(Feed<?> batch, TaskSite site);

  /** Such a batch has fed its last chunk, or will feed no more. */
  void fed(Feed<?> batch);

  /**
   * Queues a chunk of a batch, without ever waiting for a place.
   *
   * @param isAdmitted whether the batch was let in before
   */
  void submitChunk(ChunkTask chunk, boolean isAdmitted);

  /** Counts elements of a batch that end without having been let in. */
  void countRefused(int elements);

  /** Whether the pool was stopped. */
  boolean isStopped();
}

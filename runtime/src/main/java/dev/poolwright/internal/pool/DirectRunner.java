package dev.poolwright.internal.pool;

import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.task.PoolTask;

/** No workers: every task runs at once on the thread that submits it. For unit tests. */
public final class DirectRunner implements Runner {

  @Override
  public Where where() {
    return Where.CALLER;
  }

  @Override
  public void run(PoolTask<?> task, WorkerThread worker) {
    throw new IllegalStateException("a direct pool has no workers");
  }

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    runner.interrupt();
  }

  @Override
  public void stopUnseen(Crew crew) {
    // Such a run is on a thread that is not ours.
  }
}

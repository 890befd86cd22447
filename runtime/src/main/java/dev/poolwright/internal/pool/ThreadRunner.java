package dev.poolwright.internal.pool;

import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.task.PoolTask;

/** Worker threads run the calls themselves; a run is stopped by an interrupt. */
public final class ThreadRunner implements Runner {

  @Override
  public Where where() {
    return Where.WORKER_THREAD;
  }

  @Override
  public void run(PoolTask<?> task, WorkerThread worker) {
    task.run();
  }

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    runner.interrupt();
  }

  @Override
  public void stopUnseen(Crew crew) {
    crew.interruptUnseen();
  }
}

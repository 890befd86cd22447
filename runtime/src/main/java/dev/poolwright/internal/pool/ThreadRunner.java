package dev.poolwright.internal.pool;

import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.task.PoolTask;

/** Worker threads run the calls themselves; a run is stopped by an interrupt. */
public final class ThreadRunner implements Runner {

  @Override
  public Where where() {
    return Where.WORKER_THREAD;
  }

  @Override
  public void run(PoolTask<?> task, Worker worker) {
    task.run();
  }

  @Override
  public void stop(PoolTask<?> task, Thread runner) {
    Guard.interrupt(runner);
  }

  @Override
  public void stopUnseen(Crew crew) {
    crew.interruptUnseen();
  }
}

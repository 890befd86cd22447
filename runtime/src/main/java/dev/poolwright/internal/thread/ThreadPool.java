package dev.poolwright.internal.thread;

import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.EnginePool;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.WorkerThread;
import java.util.concurrent.Executor;

/** A pool whose workers run the calls themselves. A run is stopped by an interrupt. */
public final class ThreadPool extends EnginePool {

  /**
   * A pool without workers.
   *
   * @param engine what it shares with other pools
   * @param settings resolved
   */
  public ThreadPool(Engine engine, PoolSettings settings) {
    super(engine, settings);
  }

  @Override
  protected void runTask(PoolTask<?> task, WorkerThread worker) {
    task.run();
  }

  @Override
  protected void stopRun(PoolTask<?> task, Thread runner) {
    runner.interrupt();
  }

  @Override
  protected boolean doCallbacksWaitForRun() {
    return false;
  }

  @Override
  protected Executor stageExecutor() {
    return this;
  }

  @Override
  protected void killWorkers() {
    // Threads end with the JVM.
  }
}

package dev.poolwright.internal.task;

import java.util.concurrent.Executor;

/** A pool whose tasks run in this JVM. A run is stopped by an interrupt. */
public abstract class LocalPool extends EnginePool {

  /**
   * A pool without workers.
   *
   * @param engine what it shares with other pools
   * @param settings resolved
   */
  protected LocalPool(Engine engine, PoolSettings settings) {
    super(engine, settings);
  }

  LocalPool(Engine engine, PoolSettings settings, CrewLimits limits) {
    super(engine, settings, limits);
  }

  @Override
  protected void runTask(PoolTask<?> task, WorkerThread worker) {
    task.run();
  }

  @Override
  protected final void stopRun(PoolTask<?> task, Thread runner) {
    runner.interrupt();
  }

  @Override
  protected final void stopRuns() {
    crew().interruptUnseen();
  }

  @Override
  protected final boolean doCallbacksWaitForRun() {
    return false;
  }

  @Override
  protected final Executor stageExecutor() {
    return this;
  }

  @Override
  protected final void killWorkers() {
    // Threads end with the JVM.
  }
}

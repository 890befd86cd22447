package dev.poolwright.internal.pool;

import dev.poolwright.internal.crew.CrewLimits;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;
import java.util.concurrent.Executor;

/** A pool whose tasks run in this JVM. A run is stopped by an interrupt. */
public abstract class LocalPool extends EnginePool {

  /**
   * A pool without workers.
   *
   * @param life what it shares with other pools
   * @param settings resolved
   */
  protected LocalPool(Life life, PoolSettings settings) {
    super(life, settings);
  }

  LocalPool(Life life, PoolSettings settings, CrewLimits limits) {
    super(life, settings, limits);
  }

  @Override
  public void runTask(PoolTask<?> task, WorkerThread worker) {
    task.run();
  }

  @Override
  public final void stopRun(PoolTask<?> task, Thread runner) {
    runner.interrupt();
  }

  @Override
  protected final void stopRuns() {
    crew().interruptUnseen();
  }

  @Override
  public final boolean doCallbacksWaitForRun() {
    return false;
  }

  @Override
  public final Executor stageExecutor() {
    return this;
  }

  @Override
  public final void killWorkers() {
    // Threads end with the JVM.
  }
}

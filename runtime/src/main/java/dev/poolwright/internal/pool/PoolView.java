package dev.poolwright.internal.pool;

import dev.poolwright.PoolStats;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.task.TaskSite;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A pool whose work submitted by hand has other options.
 *
 * @param pool does everything else
 * @param site what the submitted tasks have in common
 */
public record PoolView(EnginePool pool, TaskSite site) implements HandSubmits {

  @Override
  public String name() {
    return pool.name();
  }

  @Override
  public PoolKind kind() {
    return pool.kind();
  }

  @Override
  public PoolStats stats() {
    return pool.stats();
  }

  @Override
  public List<TaskView> tasks() {
    return pool.tasks();
  }

  @Override
  public List<WorkerView> workers() {
    return pool.workers();
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String toString() {
    return pool.toString();
  }
}

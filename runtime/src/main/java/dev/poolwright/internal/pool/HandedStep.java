package dev.poolwright.internal.pool;

import dev.poolwright.Pools;
import dev.poolwright.internal.task.PoolTask;

/**
 * A task that somebody runs by hand.
 *
 * @param pool lets it in and out
 * @param task not begun
 */
record HandedStep(EnginePool pool, PoolTask<?> task) implements Pools.Step {

  @Override
  public void run() {
    pool.runHanded(task);
  }

  @Override
  public boolean isOver() {
    return !pool.isHanded(task);
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public String toString() {
    return name() + " (" + pool + ")";
  }
}

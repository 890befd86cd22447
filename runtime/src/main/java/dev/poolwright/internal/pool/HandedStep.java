package dev.poolwright.internal.pool;

import dev.poolwright.Pools;
import dev.poolwright.internal.task.PoolTask;

/**
 * A task that somebody runs by hand.
 *
 * @param intake has let it in
 * @param task not begun
 */
record HandedStep(Intake intake, PoolTask<?> task) implements Pools.Step {

  @Override
  public void run() {
    intake.runHanded(task);
  }

  @Override
  public boolean isOver() {
    return !intake.isHanded(task);
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public String toString() {
    return name() + " (" + task.site().pool() + ")";
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * What a method that runs on a thread knows of its task.
 *
 * @param task the task
 */
record RunContext(PoolTask<?> task) implements TaskContext {

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public boolean isCancelled() {
    return task.isDone() || task.isStopping();
  }

  @Override
  public Optional<Duration> remaining() {
    return task.extras().remaining();
  }

  @Override
  public void onCancel(Runnable cleanUp) {
    task.onCancel(cleanUp);
  }

  @Override
  public void progress(double fraction, String message) {
    task.reportProgress(new TaskProgress(fraction, message));
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.access.RunningTask;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.spi.Call;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a method that runs on a thread knows of its task.
 *
 * @param task the task
 */
public record RunContext(PoolTask<?> task) implements TaskContext {

  /** Runs a call on the calling thread, which knows its task meanwhile. */
  @SuppressWarnings({"unchecked", "NullAway"}) // Generated code pairs calls and targets.
  static @Nullable Object call(PoolTask<?> task, Call<?, ?> call, @Nullable Object target)
      throws Throwable {
    Call<@Nullable Object, ?> typed = (Call<@Nullable Object, ?>) call;
    if (!(Thread.currentThread() instanceof TaskThread worker)) {
      return callBorrowed(task, typed, target);
    }
    PoolTask<?> before = worker.runs(task);
    try {
      return on(task, typed, target);
    } finally {
      PoolTask<?> unused = worker.runs(before);
      if (before == null) {
        // A flag that the method left set would meet the stages and callbacks.
        Thread.interrupted();
      }
    }
  }

  @SuppressWarnings("NullAway") // Generated code pairs calls and targets.
  private static @Nullable Object on(
      PoolTask<?> task, Call<@Nullable Object, ?> call, @Nullable Object target) throws Throwable {
    Snapshot context = task.site.context();
    return context == null
        ? call.on(target)
        : context.<@Nullable Object>call(() -> call.on(target));
  }

  /** On a virtual thread of ours, or one that is none of ours. */
  @SuppressWarnings("NullAway") // Generated code pairs calls and targets.
  private static @Nullable Object callBorrowed(
      PoolTask<?> task, Call<@Nullable Object, ?> call, @Nullable Object target) throws Throwable {
    Object before = RunningTask.borrow(new RunContext(task));
    try {
      return on(task, call, target);
    } finally {
      Object unused = RunningTask.borrow(before);
      if (before == null && task.pool().life().isOwnThread()) {
        Thread.interrupted(); // As above: it is a virtual thread of ours.
      }
    }
  }

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

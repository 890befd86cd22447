package dev.poolwright.internal.crew;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.task.PoolTask;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A worker thread as somebody looks at it.
 *
 * @param worker may end meanwhile
 * @param tasksTaken so far
 * @param taken the task or chunk that it had taken
 */
record ThreadView(Worker worker, long tasksTaken, @Nullable PoolTask<?> taken)
    implements WorkerView {

  @Override
  public String name() {
    return worker.thread().getName();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public long startedNanos() {
    return worker.startedNanos;
  }

  @Override
  public Optional<TaskView> task() {
    PoolTask<?> now = taken;
    return now == null ? Optional.empty() : now.runningViews().findFirst();
  }

  @Override
  public OptionalLong residentBytes() {
    return OptionalLong.empty();
  }
}

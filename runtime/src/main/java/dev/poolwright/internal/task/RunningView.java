package dev.poolwright.internal.task;

import dev.poolwright.TaskEvent;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.TaskView;
import dev.poolwright.annotation.PoolKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A task as somebody looks at it.
 *
 * @param task may end meanwhile
 * @param facts its number and times
 */
record RunningView(PoolTask<?> task, TaskEvent facts) implements TaskView {

  /** Who calls this need not know the class, which Java then loads when it is made. */
  static TaskView of(PoolTask<?> task, TaskTrack track) {
    return new RunningView(task, track);
  }

  @Override
  public Optional<TaskProgress> progress() {
    return task.latestProgress();
  }

  @Override
  public List<StackTraceElement> stack() {
    return task.stack();
  }

  @Override
  public TaskStatus status() {
    return task.status();
  }

  @Override
  public @Nullable String worker() {
    String known = facts.worker();
    return known == null ? task.runnerName() : known;
  }

  // ---- as its track says

  @Override
  public String pool() {
    return facts.pool();
  }

  @Override
  public PoolKind kind() {
    return facts.kind();
  }

  @Override
  public long number() {
    return facts.number();
  }

  @Override
  public OptionalLong parent() {
    return facts.parent();
  }

  @Override
  public String name() {
    return facts.name();
  }

  @Override
  public @Nullable Throwable failure() {
    return facts.failure();
  }

  @Override
  public OptionalLong pid() {
    return facts.pid();
  }

  @Override
  public long submittedNanos() {
    return facts.submittedNanos();
  }

  @Override
  public long startedNanos() {
    return facts.startedNanos();
  }

  @Override
  public long endedNanos() {
    return facts.endedNanos();
  }

  @Override
  public long runEndedNanos() {
    return facts.runEndedNanos();
  }
}

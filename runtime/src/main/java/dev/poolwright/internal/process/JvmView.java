package dev.poolwright.internal.process;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.process.start.SystemMemory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker JVM as somebody looks at it.
 *
 * @param worker may end meanwhile
 * @param tasksTaken so far
 * @param task that it runs
 */
record JvmView(WorkerJvm worker, long tasksTaken, Optional<TaskView> task) implements WorkerView {

  static JvmView of(WorkerJvm worker, Map<String, TaskView> running) {
    return new JvmView(worker, worker.tasks(), Optional.ofNullable(running.get(worker.name())));
  }

  @Override
  public String name() {
    return worker.name();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(worker.pid());
  }

  @Override
  public long startedNanos() {
    return worker.startedNanos();
  }

  @Override
  public OptionalLong residentBytes() {
    return SystemMemory.resident(worker.pid());
  }
}

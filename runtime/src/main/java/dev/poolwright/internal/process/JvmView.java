package dev.poolwright.internal.process;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private static final String RESIDENT = "VmRSS:";

  static JvmView of(WorkerJvm worker, List<TaskView> running) {
    Optional<TaskView> task =
        running.stream().filter(each -> worker.name().equals(each.worker())).findFirst();
    return new JvmView(worker, worker.tasks(), task);
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

  /** As Linux tells it, in kB. */
  @Override
  public OptionalLong residentBytes() {
    Path status = Path.of("/proc", Long.toString(worker.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(RESIDENT)) {
          String number = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return OptionalLong.of(1_024 * Long.parseLong(number));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // It has ended, or this is no Linux.
    }
    return OptionalLong.empty();
  }
}

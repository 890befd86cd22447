package dev.poolwright.internal.process;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Killing a process with all that it started. */
final class ProcessEnd {
  private ProcessEnd() {}

  /** Children first looked up, then all killed: those of a dead process cannot be found. */
  static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills a process that has not ended by then. */
  static void killAfter(Process process, long millis) {
    var unused =
        process
            .onExit()
            .orTimeout(millis, TimeUnit.MILLISECONDS)
            .exceptionally(
                late -> {
                  kill(process);
                  return process;
                });
  }
}

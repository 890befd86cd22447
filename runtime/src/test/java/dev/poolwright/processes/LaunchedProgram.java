package dev.poolwright.processes;

import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;

/** A program that prints one line, computed in a worker JVM. */
public final class LaunchedProgram {
  private LaunchedProgram() {}

  /** Runs it. */
  public static void main(String[] args) {
    long own = ProcessHandle.current().pid();
    try (Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
            .build()) {
      boolean isElsewhere =
          pools.pool("cpu").submit(() -> ProcessHandle.current().pid() != own).join();
      System.out.println("ran in a worker JVM: " + isElsewhere);
    }
  }
}

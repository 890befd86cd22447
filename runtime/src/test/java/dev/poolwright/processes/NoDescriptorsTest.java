package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program that has no file descriptor left, for example as it leaks them. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class NoDescriptorsTest {
  private static final String LIMIT = "ulimit -n 160; exec \"$0\" \"$@\"";

  /** Stops two runs, the second without a descriptor. */
  public static final class Program {
    private Program() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
      ProcessPoolConfig cpu = ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m");
      try (Pools pools = Pools.builder().pool(cpu).build()) {
        // These load the classes that it takes, which needs descriptors, too.
        stop(pools.pool("cpu"), Program::stop, false);
        stop(pools.pool("cpu"), Program::limit, false);
        stop(pools.pool("cpu"), Program::stop, true);
        stop(pools.pool("cpu"), Program::limit, true);
      }
    }

    private static void stop(Task<?> task) {
      if (!task.cancel(true)) {
        throw new IllegalStateException(task.toString());
      }
    }

    private static void limit(Task<?> task) {
      var unused = task.orTimeout(1, TimeUnit.MILLISECONDS);
    }

    private static void stop(Pool cpu, Consumer<Task<?>> how, boolean isFull) throws Exception {
      ProcessHandle worker = ProcessHandle.of(cpu.submit(Cpu::ownPid).join()).orElseThrow();
      CompletableFuture<ProcessHandle> exit = worker.onExit();
      Task<Integer> task = cpu.submit(Cpu::count);
      while (task.status() != TaskStatus.RUNNING) {
        LockSupport.parkNanos(100_000);
      }
      List<FileInputStream> all = new ArrayList<>();
      try {
        while (isFull) {
          all.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        // No more.
      }
      how.accept(task);
      ProcessHandle unused = exit.get(5, TimeUnit.SECONDS);
      for (FileInputStream each : all) {
        each.close();
      }
      System.out.println("killed");
    }
  }

  @Test
  void cancelsAndLimitsKillAllTheSame(@TempDir Path temp) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")) && Files.exists(Path.of("/dev/null")));
    Path out = temp.resolve("out");
    Process process =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                LIMIT,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    assertThat(Files.readAllLines(out)).filteredOn("killed"::equals).hasSize(4);
  }
}

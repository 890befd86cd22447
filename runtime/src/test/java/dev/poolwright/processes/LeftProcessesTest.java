package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tasks start and leave neither outlives their worker JVM, nor holds up what waits for that.
 */
@Timeout(90)
@EnabledOnOs(LINUX)
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("serial") // The tasks travel as they are.
final class LeftProcessesTest {
  /** Less than what is left lives. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path temp;

  private final Pools pools =
      Pools.builder().pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m")).build();
  private final Pool pool = pools.pool("cpu");

  @AfterEach
  void close() {
    pools.close(Duration.ZERO);
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** The id that a task has written, once it has. */
  private static long awaitPid(Path file) throws Exception {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(100_000);
    }
    return Long.parseLong(Files.readString(file));
  }

  private static int write(String file, long pid) throws Exception {
    Path made = Path.of(file + ".made");
    Files.writeString(made, Long.toString(pid));
    Files.move(made, Path.of(file));
    return 1;
  }

  private static int dies(String file, long pid) throws Exception {
    int written = write(file, pid);
    Runtime.getRuntime().halt(9);
    return written;
  }

  private static int spins(String file, long pid) throws Exception {
    int written = write(file, pid);
    while (System.nanoTime() != 0) {
      Thread.onSpinWait();
    }
    return written;
  }

  @Test
  void endsWithAWorkerThatDiesByItself() throws Exception {
    String file = temp.resolve("pid").toString();
    Task<Integer> dies = pool.submit(() -> dies(file, LeftProcesses.leave()));
    long left = awaitPid(Path.of(file));
    assertThat(dies).failsWithin(SOON);
    assertThat(dies.exceptionNow()).isInstanceOf(WorkerCrashedException.class);
    assertThat(LeftProcesses.isGone(left)).isTrue();
  }

  @Test
  void endsWithAWorkerThatIsKilled() throws Exception {
    String file = temp.resolve("pid").toString();
    Task<Integer> runs = pool.submit(() -> spins(file, LeftProcesses.leave()));
    long left = awaitPid(Path.of(file));
    runs.cancel(true);
    assertThat(LeftProcesses.isGone(left)).isTrue();
  }

  @Test
  void endsWithAWorkerThatIsRetired() throws Exception {
    long left = pool.submit(LeftProcesses::leave).join();
    assertThat(ProcessHandle.of(left)).isPresent();
    pools.close();
    assertThat(LeftProcesses.isGone(left)).isTrue();
  }

  @Test
  void aWorkersEndIsSeenWhoeverHoldsItsChannel() throws Exception {
    String file = temp.resolve("pid").toString();
    Task<Integer> dies = pool.submit(() -> dies(file, LeftProcesses.leaveHolding()));
    long left = awaitPid(Path.of(file));
    try {
      assertThat(dies).failsWithin(SOON);
      assertThat(ProcessHandle.of(left)).isPresent();
    } finally {
      LeftProcesses.end(left);
    }
    assertThat(dies.exceptionNow())
        .isInstanceOf(WorkerCrashedException.class)
        .hasMessageContaining("exit code 9");
  }

  @Test
  void aTimeLimitFreesTheSlotWhoeverHoldsTheChannel() throws Exception {
    String file = temp.resolve("pid").toString();
    Task<Integer> runs = pool.submit(() -> spins(file, LeftProcesses.leaveHolding()));
    long left = awaitPid(Path.of(file));
    try {
      long start = System.nanoTime();
      runs.cancel(true);
      assertThat(pool.submit(() -> 7).join()).isEqualTo(7);
      pools.close();
      assertThat(since(start)).isLessThan(SOON);
      assertThat(ProcessHandle.of(left)).isPresent();
    } finally {
      LeftProcesses.end(left);
    }
  }

  @Test
  void whatAWorkerSaidBeforeItsEndIsNotLost() throws Exception {
    String file = temp.resolve("pid").toString();
    Task<Integer> dies =
        pool.submit(
            () -> {
              int written = write(file, LeftProcesses.leaveHolding());
              System.exit(4);
              return written;
            });
    long left = awaitPid(Path.of(file));
    try {
      assertThat(dies).failsWithin(SOON);
    } finally {
      LeftProcesses.end(left);
    }
    assertThat(dies.exceptionNow()).hasMessageContaining("was ended by System.exit, exit code 4");
  }
}

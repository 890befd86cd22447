package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A wait for the end of the pools is over when its time is, however long a worker JVM takes. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("serial") // The tasks travel as they are.
final class TimedEndTest {
  private static final Duration EXIT = Duration.ofSeconds(12);

  /** Far from the time that the worker takes, and from that of a busy machine. */
  private static final Duration IN_TIME = Duration.ofSeconds(6);

  private static Pools poolsWithASlowExit() throws IOException {
    return poolsWithSlowExits(1);
  }

  private static Pools poolsWithSlowExits(int workers) throws IOException {
    Pools pools =
        Pools.builder()
            .pool(
                ProcessPoolConfig.named("cpu")
                    .maxWorkers(workers)
                    .exitTimeout(Duration.ofSeconds(30))
                    .jvmArgs("-Xmx64m"))
            .build();
    List<Task<String>> tasks = new ArrayList<>();
    try (Gate gate = new Gate()) {
      int port = gate.port();
      for (int i = 0; i < workers; i++) {
        tasks.add(
            pools
                .pool("cpu")
                .submit(
                    () -> {
                      Thread slow = new Thread(TimedEndTest::dawdle, "slow exit");
                      Runtime.getRuntime().addShutdownHook(slow);
                      return Gate.stop(port);
                    }));
      }
      for (int i = 0; i < workers; i++) {
        gate.next(); // Each worker has one of the tasks.
      }
    }
    tasks.forEach(Task::join);
    return pools;
  }

  private static void dawdle() {
    try {
      Thread.sleep(EXIT.toMillis()); // The hook's own work.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Test
  void awaitTerminationSaysInTimeThatAWorkerIsStillThere() throws Exception {
    Pools pools = poolsWithASlowExit();
    pools.shutdown();
    long start = System.nanoTime();
    assertThat(pools.awaitTermination(Duration.ofSeconds(1))).isFalse();
    assertThat(since(start)).isBetween(Duration.ofSeconds(1), IN_TIME);
    pools.close(Duration.ZERO);
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void awaitTerminationOfSeveralWorkersTakesNoLonger() throws Exception {
    Pools pools = poolsWithSlowExits(4);
    long start = System.nanoTime();
    pools.shutdown();
    assertThat(pools.awaitTermination(Duration.ofSeconds(1))).isFalse();
    pools.close(Duration.ZERO);
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void closeWithAGraceKillsAWorkerThatTakesLonger() throws IOException {
    Pools pools = poolsWithASlowExit();
    long start = System.nanoTime();
    pools.close(Duration.ofSeconds(1));
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void shutdownOfOnePoolReturnsWhileItsWorkerExits() throws Exception {
    try (Pools pools = poolsWithASlowExit()) {
      Pool pool = pools.pool("cpu");
      long start = System.nanoTime();
      pool.shutdown();
      assertThat(pool.awaitTermination(1, java.util.concurrent.TimeUnit.SECONDS)).isFalse();
      assertThat(pool.isTerminated()).isFalse();
      assertThat(since(start)).isLessThan(IN_TIME);
      pools.close(Duration.ZERO);
      assertThat(pool.isTerminated()).isTrue();
      assertThat(since(start)).isLessThan(IN_TIME);
    }
  }
}

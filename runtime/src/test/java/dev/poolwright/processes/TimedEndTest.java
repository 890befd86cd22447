package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.internal.LeavesNothingBehind;
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

  private static Pools poolsWithASlowExit() {
    return poolsWithSlowExits(1);
  }

  private static Pools poolsWithSlowExits(int workers) {
    Pools pools =
        Pools.builder()
            .pool(
                ProcessPoolConfig.named("cpu")
                    .maxWorkers(workers)
                    .exitTimeout(Duration.ofSeconds(30))
                    .jvmArgs("-Xmx64m"))
            .build();
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      tasks.add(
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    Thread slow = new Thread(TimedEndTest::dawdle, "slow exit");
                    Runtime.getRuntime().addShutdownHook(slow);
                    Thread.sleep(500); // So that each worker has one of the tasks.
                    return 1;
                  }));
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
  void awaitTerminationSaysInTimeThatAWorkerIsStillThere() throws InterruptedException {
    Pools pools = poolsWithASlowExit();
    pools.shutdown();
    long start = System.nanoTime();
    assertThat(pools.awaitTermination(Duration.ofSeconds(1))).isFalse();
    assertThat(since(start)).isBetween(Duration.ofSeconds(1), IN_TIME);
    pools.close(Duration.ZERO);
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void awaitTerminationOfSeveralWorkersTakesNoLonger() throws InterruptedException {
    Pools pools = poolsWithSlowExits(4);
    long start = System.nanoTime();
    pools.shutdown();
    assertThat(pools.awaitTermination(Duration.ofSeconds(1))).isFalse();
    pools.close(Duration.ZERO);
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void closeWithAGraceKillsAWorkerThatTakesLonger() {
    Pools pools = poolsWithASlowExit();
    long start = System.nanoTime();
    pools.close(Duration.ofSeconds(1));
    assertThat(since(start)).isLessThan(IN_TIME);
  }

  @Test
  void shutdownOfOnePoolReturnsWhileItsWorkerExits() throws InterruptedException {
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

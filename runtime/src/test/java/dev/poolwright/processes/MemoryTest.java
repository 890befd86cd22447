package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.poolwright.Job;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the worker JVMs of one application take together. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class MemoryTest {
  private static final String BUDGET = "poolwright.memory";
  private static final long MEGABYTE = 1L << 20;

  private static <T> T with(String budget, Job<T> action) throws Exception {
    System.setProperty(BUDGET, budget);
    try {
      return action.call();
    } finally {
      System.clearProperty(BUDGET);
    }
  }

  private static ProcessPoolConfig pool(String name, int workers) {
    return ProcessPoolConfig.named(name).maxWorkers(workers);
  }

  private static long heap(Pools pools, String name) {
    return pools.pool(name).submit(() -> Runtime.getRuntime().maxMemory()).join();
  }

  @Test
  void allPoolsTogetherStayWithinOneBudget() throws Exception {
    long together =
        with(
            "180m",
            () -> {
              try (Pools pools =
                  Pools.builder()
                      .pool(pool("a", 2))
                      .pool(pool("b", 2))
                      .pool(pool("c", 1).jvmArgs("-Xmx60m"))
                      .build()) {
                return 2 * heap(pools, "a") + 2 * heap(pools, "b") + heap(pools, "c");
              }
            });
    // A generation that copies into one half counts less by that.
    assertThat(together).isBetween(140 * MEGABYTE, 180 * MEGABYTE);
  }

  @Test
  void aWorkersOwnWorkersShareHalfOfItsShare() throws Exception {
    String inherited =
        with(
            "128m",
            () -> {
              try (Pools pools = Pools.builder().pool(pool("a", 2)).build()) {
                return pools.pool("a").submit(() -> System.getProperty(BUDGET)).join();
              }
            });
    assertThat(Long.parseLong(inherited)).isEqualTo(32 * MEGABYTE);
  }

  @Test
  void numbersThatDoNotFitAreRefusedWithTheFigures() throws Exception {
    String refusal =
        with(
            "100m",
            () -> {
              try (Pools pools = Pools.builder().pool(pool("a", 8)).build()) {
                return "built " + pools;
              } catch (IllegalArgumentException e) {
                return e.getMessage();
              }
            });
    assertThat(refusal)
        .isEqualTo(
            "8 worker JVMs (max-workers) need 128 MB of heap at least, and 100 MB of the 100 MB for"
                + " all worker JVMs are left; set fewer, or poolwright.memory");
  }

  @Test
  void aPoolOfAsManyWorkersAsCpusHasAsManyAsFit() throws Exception {
    int workers =
        with(
            "20m",
            () -> {
              try (Pools pools = Pools.builder().pool(ProcessPoolConfig.named("a")).build()) {
                return pools.pool("a").stats().maxWorkers();
              }
            });
    assertThat(workers).isEqualTo(1);
  }

  @Test
  void aBudgetThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> with("much", () -> Pools.builder().pool(pool("a", 1)).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("poolwright.memory has the size much; must be bytes, as 512m or 2g");
  }

  @Test
  @EnabledOnOs(LINUX)
  void theKernelTakesAWorkerBeforeTheApplication() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1))) {
      int worker = cpu.submit(MemoryTest::score).join();
      assertThat(worker).isGreaterThanOrEqualTo(500).isGreaterThanOrEqualTo(score());
    }
  }

  private static int score() throws java.io.IOException {
    return Integer.parseInt(Files.readString(Path.of("/proc/self/oom_score_adj")).strip());
  }
}

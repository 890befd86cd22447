package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker JVMs that have worker JVMs of their own. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class NestingTest {

  static String nested(int port) {
    try (Pools inner = Pools.builder().pool(Cpu.config(1)).build()) {
      return inner.pool("cpu").submit(() -> Gate.stop(port)).join();
    }
  }

  @Test
  @DisplayName("a task may have worker JVMs of its own")
  void nests() throws Exception {
    try (Gate gate = new Gate();
        Cpu cpu = Cpu.of(1)) {
      int port = gate.port();
      Task<String> task = cpu.submit(() -> nested(port));
      gate.next().letGo();
      assertThat(task.join()).isEqualTo("cpu-1");
    }
  }

  @Test
  @Tag("scenario-222")
  @DisplayName("a stop with 100 tasks queued ends at once, with the whole tree of processes")
  void stopsTheWholeTree() throws Exception {
    try (Gate gate = new Gate();
        Cpu cpu = Cpu.of(2)) {
      int port = gate.port();
      List<Task<?>> tasks = new ArrayList<>();
      tasks.add(cpu.submit(() -> nested(port)));
      tasks.add(cpu.submit(() -> nested(port)));
      for (int i = 0; i < 100; i++) {
        tasks.add(
            cpu.submit(
                () -> {
                  Thread.sleep(1_000);
                  return 1;
                }));
      }
      Gate.Visitor first = gate.next();
      Gate.Visitor second = gate.next();
      assertThat(ProcessHandle.current().descendants()).hasSize(4);
      long start = System.nanoTime();
      cpu.pools.shutdownNow();
      first.awaitGone();
      second.awaitGone();
      cpu.pools.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(ProcessHandle.current().descendants()).isEmpty();
      assertThat(tasks).allMatch(Task::isCancelled);
    }
  }
}

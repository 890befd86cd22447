package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Job;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.contract.Gate;
import dev.poolwright.internal.LeavesNothingBehind;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The time limits of {@code invokeAll} and {@code invokeAny} count for the room for bytes too. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class TimedInvokeTest {

  @Test
  void waitsNoLongerThanItsTimeForRoom() throws Exception {
    try (Gate gate = new Gate();
        Pools pools = Pools.builder().pool(Cpu.config(1).queueBytes(1_000)).build()) {
      Pool cpu = pools.pool("cpu");
      int port = gate.port();
      Task<String> running = cpu.submit(() -> Gate.stop(port));
      Gate.Visitor visitor = gate.next();
      Task<Integer> queued = cpu.submit(large());
      List<Job<Integer>> one = List.of(large());
      List<Future<Integer>> late = cpu.invokeAll(one, 20, TimeUnit.MILLISECONDS);
      assertThat(late).hasSize(1).allMatch(Future::isCancelled);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> cpu.invokeAny(one, 20, TimeUnit.MILLISECONDS));
      assertThat(cpu.stats().submitted()).isEqualTo(2);
      assertThat(cpu.stats().queued()).isEqualTo(1);
      visitor.letGo();
      assertThat(running.join()).isNotNull();
      assertThat(queued.join()).isEqualTo(5_000);
      assertThat(cpu.invokeAny(one, 60, TimeUnit.SECONDS)).isEqualTo(5_000);
    }
  }

  private static Job<Integer> large() {
    byte[] bytes = new byte[5_000];
    return () -> bytes.length;
  }
}

package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Elements in the order of their ends. */
@Timeout(60)
@SuppressWarnings("serial") // What is submitted here could travel, but never does.
final class HandOutTest {

  private static final int ROUNDS = 4_000;

  /** An end that comes while the thread that iterates waits for the lock of the feed is seen. */
  @Test
  void noEndIsMissedHoweverItComes() {
    try (Pools pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(1))
            .onUnobservedFailure(failure -> {})
            .build()) {
      Pool pool = pools.pool("io");
      for (int round = 0; round < ROUNDS; round++) {
        int ended = 0;
        for (Task<Integer> each :
            pool.map((Integer n) -> 1 / (n - 2), List.of(1, 2, 3, 4), MapOption.failFast())
                .asCompleted()) {
          assertThat(each.isDone()).isTrue();
          ended++;
        }
        assertThat(ended).isEqualTo(4);
      }
    }
  }
}

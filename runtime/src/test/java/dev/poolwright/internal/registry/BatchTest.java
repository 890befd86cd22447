package dev.poolwright.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Batch;
import dev.poolwright.MapOptions;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class BatchTest {

  @Test
  @DisplayName("46: any chunk size gives the same results in the same order")
  void chunkSizesDoNotMatter() {
    List<Integer> inputs = IntStream.range(0, 40).boxed().toList();
    try (Pools pools = Pools.builder().pool(ThreadPoolConfig.named("io").maxWorkers(2)).build()) {
      Pool pool = pools.pool("io");
      for (int size : new int[] {6, 40, 50}) {
        Batch<Integer> batch = pool.map(i -> i * 2, inputs, MapOptions.chunkSize(size));
        assertThat(batch.toList()).isEqualTo(inputs.stream().map(i -> i * 2).toList());
      }
      assertThat(pool.map(i -> i * 2, inputs).toList())
          .isEqualTo(inputs.stream().map(i -> i * 2).toList());
    }
  }
}

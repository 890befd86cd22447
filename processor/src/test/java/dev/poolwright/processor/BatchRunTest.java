package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generated batch methods, compiled without a warning and run. */
@Timeout(60)
class BatchRunTest {

  @Test
  void everyShapeOfMethodRunsAsABatch() throws Exception {
    Compiled compiled =
        Compiled.of(
                """
                package demo;
                import dev.poolwright.*;
                import dev.poolwright.annotation.*;
                import java.util.*;
                import java.util.concurrent.*;
                class Main<K> {
                  final K key;
                  Main(K key) { this.key = key; }
                  @Async String both(String text, int times) { return text.repeat(times); }
                  @Async static long twice(long n) { return 2 * n; }
                  @Async CompletionStage<String> later(String text) { return CompletableFuture.completedStage(text); }
                  @Async int sum(int... all) { return Arrays.stream(all).sum(); }
                  @Async <T> Map<K, T> pair(T value) { return Map.of(key, value); }
                  @Async void nothing(char c) {}
                  @Async(batch = "every") boolean is(boolean b) { return b; }
                  static Object run(Pools pools) {
                    AsyncMain<String> main = new AsyncMain<>(new Main<>("k"), pools);
                    return main.bothAll(List.of("a", "b", "c"), List.of(2, 1)).toList()
                        + "" + main.twiceAll(List.of(1L, 2L)).toList()
                        + main.laterAll(List.of("x", "y")).toList()
                        + main.sumAll(List.of(new int[] {1, 2}, new int[0])).toList()
                        + main.pairAll(List.of(1, 2)).toList()
                        + main.nothingAll(List.of('a', 'b')).toList()
                        + main.every(List.of(true, false), MapOption.chunkSize(2)).toList();
                  }
                }
                """)
            .clean();
    try (Pools pools = Pools.builder().build()) {
      assertThat(compiled.run("demo.Main", pools))
          .isEqualTo("[aa, b][2, 4][x, y][3, 0][{k=1}, {k=2}][null, null][true, false]");
    }
  }
}

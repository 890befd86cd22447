package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ChunkSizesTest {

  private final ChunkSizes auto = new ChunkSizes(OptionalInt.empty(), OptionalInt.empty(), 2);

  private void run(int elements, long nanosEach) {
    auto.measured(elements, elements * nanosEach);
  }

  @Test
  @Tag("scenario-69")
  @DisplayName("tiny calls are packed")
  void packsTinyCalls() {
    assertThat(auto.next(Long.MAX_VALUE)).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      run(auto.next(Long.MAX_VALUE), 100);
    }
    assertThat(auto.next(Long.MAX_VALUE)).isEqualTo(ChunkSizes.MOST);
  }

  @Test
  @Tag("scenario-69")
  @DisplayName("slow calls are not packed")
  void leavesSlowCallsAlone() {
    for (int i = 0; i < 10; i++) {
      run(auto.next(Long.MAX_VALUE), TimeUnit.MILLISECONDS.toNanos(500));
    }
    assertThat(auto.next(Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  @Tag("scenario-69")
  @DisplayName("a chunk takes about 200 ms, and less when calls become slow")
  void aimsAtTarget() {
    for (int i = 0; i < 10; i++) {
      run(auto.next(Long.MAX_VALUE), TimeUnit.MILLISECONDS.toNanos(2));
    }
    assertThat(auto.next(Long.MAX_VALUE)).isEqualTo(100);
    run(100, TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(auto.next(Long.MAX_VALUE)).isEqualTo(10);
  }

  @Test
  void leavesEachWorkerItsShare() {
    for (int i = 0; i < 10; i++) {
      run(auto.next(Long.MAX_VALUE), 100);
    }
    assertThat(auto.next(40)).isEqualTo(10);
    assertThat(auto.next(1)).isEqualTo(1);
  }

  @Test
  void staysWithinBuffer() {
    ChunkSizes bounded = new ChunkSizes(OptionalInt.empty(), OptionalInt.of(40), 2);
    for (int i = 0; i < 10; i++) {
      bounded.measured(1, 100);
    }
    assertThat(bounded.next(Long.MAX_VALUE)).isEqualTo(10);
  }

  @Test
  void mayBeFixed() {
    ChunkSizes fixed = new ChunkSizes(OptionalInt.of(7), OptionalInt.empty(), 2);
    fixed.measured(7, 1);
    assertThat(fixed.next(1)).isEqualTo(7);
    assertThat(fixed.first()).isEqualTo(7);
  }
}

package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.BatchProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchReportsTest {
  private final BatchProgress now = new BatchFigures(1, 0, OptionalLong.of(2), Duration.ZERO);
  private final List<BatchProgress> told = new ArrayList<>();

  @Test
  @DisplayName("a listener that could not be told once, as the heap was full, hears the next time")
  void isNotSilentForGood() {
    AtomicBoolean isFull = new AtomicBoolean(true);
    BatchReports reports =
        new BatchReports(
            told::add,
            () -> now,
            action -> {
              if (isFull.get()) {
                throw new OutOfMemoryError("on purpose");
              }
              action.run();
            });
    assertThatThrownBy(reports::changed).isInstanceOf(OutOfMemoryError.class);
    isFull.set(false);

    reports.changed();

    assertThat(told).containsExactly(now);
  }

  @Test
  @DisplayName("what comes while the listener is told is told once more, and not beside")
  void tellsAgain() {
    List<Runnable> handed = new ArrayList<>();
    BatchReports reports = new BatchReports(told::add, () -> now, handed::add);
    reports.changed();
    reports.changed();
    reports.changed();
    assertThat(handed).hasSize(1);

    handed.get(0).run();
    reports.changed();

    assertThat(told).hasSize(1);
    assertThat(handed).hasSize(2);
  }
}

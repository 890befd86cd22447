package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MapOptionTest {

  @Test
  @Tag("scenario-47")
  @DisplayName("a chunk size of less than 1 is refused with value and range")
  void refusesEmptyChunks() {
    for (int size : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MapOption.chunkSize(size))
          .withMessage("chunkSize is " + size + "; must be 1 or more");
    }
  }

  @Test
  @Tag("scenario-57")
  @DisplayName("a buffer of less than 1 is refused with value and range")
  void refusesEmptyBuffers() {
    for (int elements : new int[] {0, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MapOption.buffer(elements))
          .withMessage("buffer is " + elements + "; must be 1 or more");
    }
  }

  @Test
  void refusesNegativeLimits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MapOption.timeout(Duration.ofMillis(-1)))
        .withMessage("timeout is PT-0.001S; must be zero or more");
  }
}

package dev.poolwright.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.poolwright.MapOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BatchOptionsTest {

  @Test
  void laterOptionsOverrideEarlierOnes() {
    BatchOptions options =
        new BatchOptions(
            MapOption.chunkSize(1),
            MapOption.buffer(9),
            MapOption.timeout(Duration.ZERO),
            MapOption.failFast(),
            MapOption.chunkSize(2));

    assertThat(options.chunkSize()).hasValue(2);
    assertThat(options.buffer()).hasValue(9);
    assertThat(options.timeout()).isEqualTo(Duration.ZERO);
    assertThat(options.isFailFast()).isTrue();
    assertThat(options.listener()).isNull();
  }

  @Test
  @SuppressWarnings("NullAway") // What is tested.
  void refusesAnOptionThatIsNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> new BatchOptions(MapOption.failFast(), null))
        .withMessage("option");
  }
}

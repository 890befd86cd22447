package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.annotation.setting.DurationText;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "500ms, PT0.5S",
    "5s, PT5S",
    "2m, PT2M",
    "1h, PT1H",
    "PT1.5S, PT1.5S",
    "P1D, PT24H",
    "pt3m, PT3M"
  })
  void readsWhatTheDocumentationPromises(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "5sec",
        "5 s",
        " 5s",
        "5S",
        "1.5s",
        "-5s",
        "+5s",
        "5d",
        "s",
        "1m30s",
        "PT",
        "1234567890123456789ms",
        "999999999999999999h",
        "٥s"
      })
  void saysWhatMayBeWritten(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessage(
            "\"%s\" is not a duration; write 500ms, 5s, 2m, 1h or ISO-8601 as PT1.5S", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0ms", "PT0S", "PT-5S"})
  void refusesZeroAndLess(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessage("\"%s\" is not a positive duration", text);
  }
}

package dev.poolwright.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownNamesTest {

  private static final List<String> NAMES = List.of("cpu", "default", "io");

  @ParameterizedTest
  @CsvSource({"cpuu, cpu", "cp, cpu", "gpu, cpu", "defualt, default", "i, io", "IO2, io"})
  void asksForTheNearestName(String wrong, String nearest) {
    assertThat(KnownNames.among(wrong, NAMES))
        .isEqualTo(
            "there are \"cpu\", \"default\", \"io\""
                + (nearest.isEmpty() ? "" : ". Did you mean \"" + nearest + "\"?"));
  }

  @ParameterizedTest
  @CsvSource({"database", "xyz", "''"})
  void asksNothingWhenNoNameIsNear(String wrong) {
    assertThat(KnownNames.among(wrong, List.of("default"))).isEqualTo("there is \"default\"");
  }
}

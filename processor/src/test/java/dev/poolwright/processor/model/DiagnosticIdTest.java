package dev.poolwright.processor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class DiagnosticIdTest {

  @ParameterizedTest
  @EnumSource(DiagnosticId.class)
  void saysWhatIsSoAndWhatToDo(DiagnosticId id) {
    Object[] values = id.arguments().stream().map(name -> "<" + name + ">").toArray();

    String text = id.text(values);

    assertThat(text).startsWith("[" + id.tag() + "] ").doesNotContain("{", "!", "lease");
    assertThat(text).contains(Arrays.stream(values).map(String::valueOf).toList());
    if (id.severity() == Severity.WARNING && id != DiagnosticId.ASYNC_LINT) {
      assertThat(text).endsWith("accept it with @SuppressWarnings(\"" + id.tag() + "\").");
    }
  }

  @Test
  void keepsDollarsAndBackslashesOfTheUser() {
    assertThat(DiagnosticId.ASYNC_PRIVATE_METHOD.text("a$1\\b()", "AsyncA"))
        .isEqualTo(
            "[AsyncPrivateMethod] a$1\\b() is private, so the generated AsyncA cannot call it."
                + " Make it package-private or wider.");
  }

  @Test
  void refusesMissingArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticId.ASYNC_PRIVATE_METHOD.text("get()"))
        .withMessage("AsyncPrivateMethod takes [method, proxy], not [get()]");
  }
}

package dev.poolwright.processor.report;

import static dev.poolwright.processor.model.DiagnosticId.ASYNC_DIRECT_CALL;
import static dev.poolwright.processor.model.DiagnosticId.ASYNC_DROPPED_TASK;
import static dev.poolwright.processor.model.DiagnosticId.ASYNC_PRIVATE_METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class LintOptionTest {

  @Test
  void reportsEverythingWhenNotGiven() {
    LintOption lint = LintOption.read(null);

    assertThat(lint.kind(ASYNC_DIRECT_CALL, null)).contains(Kind.WARNING);
    assertThat(lint.kind(ASYNC_PRIVATE_METHOD, null)).contains(Kind.ERROR);
    assertThat(lint.mistakes()).isEmpty();
  }

  @Test
  void silencesAndPromotesSingleTags() {
    LintOption lint = LintOption.read("all, -AsyncDirectCall, AsyncDroppedTask=error");

    assertThat(lint.kind(ASYNC_DIRECT_CALL, null)).isEmpty();
    assertThat(lint.kind(ASYNC_DROPPED_TASK, null)).contains(Kind.ERROR);
    assertThat(lint.mistakes()).isEmpty();
  }

  @Test
  void noneSilencesWarningsButNotErrors() {
    LintOption lint = LintOption.read("none,AsyncDroppedTask");

    assertThat(lint.kind(ASYNC_DIRECT_CALL, null)).isEmpty();
    assertThat(lint.kind(ASYNC_DROPPED_TASK, null)).contains(Kind.WARNING);
    assertThat(lint.kind(ASYNC_PRIVATE_METHOD, null)).contains(Kind.ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "AsyncDirectcal; \"AsyncDirectcal\" in -Apoolwright.lint names no diagnostic."
            + " Write all, none, AsyncTag, -AsyncTag or AsyncTag=error, separated by commas."
            + " Did you mean \"AsyncDirectCall\"?",
        "nonsense; \"nonsense\" in -Apoolwright.lint names no diagnostic."
            + " Write all, none, AsyncTag, -AsyncTag or AsyncTag=error, separated by commas."
            + " docs/diagnostics.md lists the tags.",
        "all=loud; \"all=loud\" in -Apoolwright.lint asks for no known level."
            + " Write all, none, AsyncTag, -AsyncTag or AsyncTag=error, separated by commas.",
        "-AsyncPrivateMethod; \"-AsyncPrivateMethod\" in -Apoolwright.lint names an error, and only"
            + " warnings can be changed. Write all, none, AsyncTag, -AsyncTag or AsyncTag=error,"
            + " separated by commas.",
      })
  void saysWhatIsWrongWithAnEntry(String entry, String message) {
    assertThat(LintOption.read("all," + entry).mistakes())
        .containsExactly("[AsyncLint] " + message);
  }
}

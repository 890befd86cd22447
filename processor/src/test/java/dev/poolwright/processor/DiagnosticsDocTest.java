package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import dev.poolwright.processor.CompilerRun.Outcome;
import dev.poolwright.processor.model.DiagnosticId;
import dev.poolwright.processor.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles the code of docs/diagnostics.md. {@code -Dgolden.update=true} writes the messages into
 * it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DiagnosticsDocTest {

  private static final Path DOC = Path.of("..", "docs", "diagnostics.md");
  private static final String IMPORTS =
      """
      package demo;

      import dev.poolwright.*;
      import dev.poolwright.annotation.*;
      import java.io.Serializable;
      import java.net.URI;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.AtomicInteger;

      """;
  private static final String PAGE =
      "package demo;\nrecord Page(String text) implements java.io.Serializable {}";
  private static final String SPRING =
      "package org.springframework.scheduling.annotation;\npublic @interface Async {}";
  private static final Pattern ENTRY =
      Pattern.compile(
          "## (\\w+)\\R.*?```java wrong\\R(.*?)```\\R(?:\\R```text\\R(.*?)```\\R)?"
              + "\\R```java right\\R(.*?)```",
          Pattern.DOTALL);

  @TempDir Path folder;

  /** One tag with its code. */
  record Entry(String tag, String wrong, String message, String right) {
    @Override
    public String toString() {
      return tag;
    }
  }

  static Stream<Entry> entries() throws IOException {
    return Arrays.stream(Files.readString(DOC).split("(?m)^(?=## )"))
        .map(ENTRY::matcher)
        .filter(Matcher::lookingAt)
        .map(
            found ->
                new Entry(
                    found.group(1),
                    found.group(2),
                    found.group(3) == null ? "" : found.group(3),
                    found.group(4)));
  }

  @Test
  void hasAnEntryForEachTag() throws IOException {
    String doc = Files.readString(DOC);

    assertThat(DiagnosticId.values()).allMatch(id -> doc.contains("\n## " + id.tag() + "\n"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void reportsWhatIsWrong(Entry entry) throws IOException {
    Outcome outcome = compile(entry.wrong(), "wrong");

    assertThat(outcome.of(entry.tag())).as(outcome.messages().toString()).isNotEmpty();
    assertThat(outcome.tagged()).allMatch(message -> message.has(entry.tag()));
    boolean isError = DiagnosticId.ofTag(entry.tag()).orElseThrow().severity() == Severity.ERROR;
    assertThat(outcome.isSuccess()).isEqualTo(!isError);
    String said = outcome.tagged().stream().map(Message::text).collect(joining("\n")) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      update(entry, said);
    } else {
      assertThat(said).isEqualTo(entry.message());
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void isSilentAboutWhatIsRight(Entry entry) {
    Outcome outcome = compile(entry.right(), "right");

    assertThat(outcome.messages()).isEmpty();
    assertThat(outcome.isSuccess()).isTrue();
  }

  private Outcome compile(String code, String name) {
    CompilerRun run = new CompilerRun(folder.resolve(name)).options("-Xlint:all,-processing");
    String parameters =
        IntStream.range(0, 127).mapToObj(i -> "double value" + i).collect(joining(", "));
    String text = code.replace("${253 parameters}", parameters);
    if (text.startsWith("// ")) {
      Arrays.stream(text.split("(?m)^// .*\n"))
          .filter(part -> !part.isBlank())
          .forEach(run::source);
      return run.options("--module-path", CompilerRun.MODULES).run();
    }
    Arrays.stream(text.split("\n\n(?=\\S)")).forEach(type -> run.source(IMPORTS + type));
    return run.source(PAGE).source(SPRING).source(DiagnosticPlacesTest.CONTINUATION).run();
  }

  private static void update(Entry entry, String said) throws IOException {
    String doc = Files.readString(DOC);
    String old =
        "```java wrong\n"
            + entry.wrong()
            + "```\n"
            + (entry.message().isEmpty() ? "" : "\n```text\n" + entry.message() + "```\n");
    String updated = "```java wrong\n" + entry.wrong() + "```\n\n```text\n" + said + "```\n";
    int at = doc.indexOf(old, doc.indexOf("\n## " + entry.tag() + "\n"));
    Files.writeString(DOC, doc.substring(0, at) + updated + doc.substring(at + old.length()));
  }
}

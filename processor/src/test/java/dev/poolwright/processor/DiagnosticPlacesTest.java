package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import dev.poolwright.processor.CompilerRun.Outcome;
import dev.poolwright.processor.model.DiagnosticId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message of diagnostics.txt is said with its text at its line and column, and no other. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DiagnosticPlacesTest {

  /** What one class cannot show; each has a test of its own. */
  private static final Set<DiagnosticId> ELSEWHERE =
      EnumSet.of(
          DiagnosticId.ASYNC_MISSING_PROVIDES, // ModulePathTest
          DiagnosticId.ASYNC_LINT, // LintOptionTest
          DiagnosticId.ASYNC_INTERNAL); // ProcessorFailureTest

  static final String IMPORTS =
      """
      package demo;
      import dev.poolwright.*;
      import dev.poolwright.annotation.*;
      import java.io.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;
  static final String ASIDE =
      """
      package demo;
      import dev.poolwright.annotation.*;
      class Aside {
        @Async(pool = "io", maxWorkers = 4) String get(String url) { return url; }
        @Async(pool = "io") void touch(String url) {}
        @Async(pool = "cpu", maxWorkers = 2) int parse(String text) { return text.length(); }
        @Async(pool = "cpu") int called(String text) { return text.length(); }
        @Callback("called") void done(int length) {}
        @Async(pool = "far", kind = PoolKind.PROCESS) static int far(String text) { return 1; }
      }
      """;
  private static final String SPRING =
      "package org.springframework.scheduling.annotation;\npublic @interface Async {}";
  private static final String JAKARTA =
      "package jakarta.enterprise.concurrent;\npublic @interface Asynchronous {}";
  static final String CONTINUATION =
      "package kotlin.coroutines;\npublic interface Continuation<T> {}";
  private static final String OTHER = "package other;\npublic @interface Async {}";

  @TempDir Path folder;

  static Stream<DiagnosticCase> wrong() throws IOException {
    return DiagnosticCase.all().stream().filter(each -> !each.isNearMiss());
  }

  static Stream<DiagnosticCase> nearMisses() throws IOException {
    return DiagnosticCase.all().stream().filter(DiagnosticCase::isNearMiss);
  }

  @Test
  void everyTagHasBothKindsOfCases() throws IOException {
    Set<String> tags =
        EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)).stream()
            .map(DiagnosticId::tag)
            .collect(Collectors.toSet());

    assertThat(wrong().map(DiagnosticCase::tag).collect(Collectors.toSet())).isEqualTo(tags);
    assertThat(nearMisses().map(DiagnosticCase::tag).collect(Collectors.toSet())).isEqualTo(tags);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void saysItAtTheNarrowestPlace(DiagnosticCase wrong) throws IOException {
    String source = wrong.source(IMPORTS);
    Outcome outcome = compile(source);
    List<Message> tagged = new ArrayList<>(outcome.tagged());
    tagged.sort(java.util.Comparator.comparing(Message::line).thenComparing(Message::column));

    List<String> places =
        IntStream.range(0, source.split(java.util.regex.Pattern.quote(CompilerRun.MARK)).length - 1)
            .mapToObj(n -> Arrays.toString(CompilerRun.markIn(source, n)))
            .toList();
    assertThat(tagged)
        .as(outcome.messages().toString())
        .extracting(said -> Arrays.toString(new long[] {said.line(), said.column()}))
        .isEqualTo(places);
    assertThat(tagged).extracting(Message::file).containsOnly("demo/Probed.java");
    List<String> texts =
        tagged.stream().map(said -> said.text().replace("[" + wrong.tag() + "] ", "")).toList();
    if (Boolean.getBoolean("golden.update")) {
      update(wrong, texts);
    } else {
      assertThat(texts).isEqualTo(wrong.messages());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nearMisses")
  void isSilentAboutNearMisses(DiagnosticCase near) {
    Outcome outcome = compile(near.source(IMPORTS));

    assertThat(outcome.messages()).isEmpty();
    assertThat(outcome.isSuccess()).isTrue();
  }

  private Outcome compile(String source) {
    return new CompilerRun(folder)
        .options("--release", "17") // What is said may depend on it.
        .source(source)
        .source(ASIDE)
        .source(SPRING)
        .source(JAKARTA)
        .source(OTHER)
        .source(CONTINUATION)
        .run();
  }

  private static void update(DiagnosticCase wrong, List<String> texts) throws IOException {
    String file = Files.readString(DiagnosticCase.FILE);
    String old = wrong.code() + "\n" + lines(wrong.messages());
    int at = file.indexOf(old, file.indexOf("## " + wrong.tag() + "\n"));
    String now = wrong.code() + "\n" + lines(texts);
    Files.writeString(
        DiagnosticCase.FILE, file.substring(0, at) + now + file.substring(at + old.length()));
  }

  private static String lines(List<String> messages) {
    return messages.stream()
        .map(message -> (message.isEmpty() ? ">" : "> " + message) + "\n")
        .collect(joining());
  }
}

package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import dev.poolwright.processor.CompilerRun.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each message stands at the narrowest place. A {@code /*!*}{@code /} in the code is right before
 * it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DiagnosticPlacesTest {

  private static final String IMPORTS =
      """
      package demo;
      import dev.poolwright.*;
      import dev.poolwright.annotation.*;
      import java.io.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;
  private static final String ASIDE =
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
  private static final String OTHER = "package other;\npublic @interface Async {}";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AsyncSynchronized | @Async(pool = \"io\") synchronized void /*!*/run() {}",
        "AsyncSynchronized | @Async(pool = \"io\") static synchronized void /*!*/run() {}",
        "AsyncUselessTimeout | @Async(pool = \"io\", timeout = /*!*/\"5s\") native void run();",
        "AsyncCannotTravel | @Async(pool = \"far\") static void run(Thread /*!*/thread) {}",
        "AsyncCannotTravel | @Async(pool = \"far\") static void run(List<Runnable> /*!*/all) {}",
        "AsyncCannotTravel | @Async(pool = \"far\") static InputStream /*!*/run() { return null; }",
        "AsyncMayNotTravel | @Async(pool = \"far\") static Object /*!*/run() { return null; }",
        "AsyncMayNotTravel | @Async(pool = \"far\") static void run(Comparator<String> /*!*/c) {}",
        "AsyncNoTarget | Probed(int n) {} @Async(pool = \"far\") void /*!*/run() {}",
        "AsyncNoTarget | private Probed() {} @Async(pool = \"far\") void /*!*/run() {}",
        "AsyncWorkerState | int /*!*/n; @Async(pool = \"far\") void run() {}",
        "AsyncWrongImport | @Async void a() {}"
            + " /*!*/@org.springframework.scheduling.annotation.Async void b() {}",
        "AsyncWrongImport | @Async void a() {}"
            + " /*!*/@jakarta.enterprise.concurrent.Asynchronous void b() {}",
        "AsyncUnusedPool | @ThreadPool(name = /*!*/\"spare\") static class Some {}",
        "AsyncUnboundedQueue | @ThreadPool(name = \"io\", queueCapacity ="
            + " ThreadPool/*!*/.UNBOUNDED) static class Some {}",
        "AsyncUnboundedQueue | @ProcessPool(name = \"far\","
            + " queueCapacity = Integer/*!*/.MAX_VALUE) static class Some {}",
        "AsyncDirectCall | @Async void a() {} void b() { /*!*/a(); }",
        "AsyncDirectCall | @Async void a() {} void b() { this/*!*/.a(); }",
        "AsyncDirectCall | @Async static void a() {} Runnable b = () -> /*!*/a();",
        "AsyncDirectCall | @Async static void a() {} void b() { Probed/*!*/.a(); }",
        "AsyncDroppedTask | void b(AsyncAside aside) { aside/*!*/.get(\"a\"); }",
        "AsyncDroppedTask | void b(AsyncAside aside) { aside/*!*/.parse(\"a\"); }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(AsyncAside a) { a.get(\"a\")/*!*/.join();"
            + " }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(AsyncAside a) {"
            + " var task = a.get(\"a\"); task/*!*/.join(); }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(AsyncAside a) throws Exception {"
            + " a.get(\"a\").thenApply(String::length)/*!*/.get(1, TimeUnit.SECONDS); }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(AsyncAside a) {"
            + " for (String each : a/*!*/.getAll(List.of(\"a\"))) {} }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(AsyncAside a) {"
            + " a.getAll(List.of(\"a\"))/*!*/.toList(); }",
        "AsyncWaitInPool | @Async(pool = \"io\") void b(Pools pools) throws Exception {"
            + " pools.pool(\"io\").submit(() -> 1)/*!*/.get(); }",
        "AsyncPoolCycle | @Async(pool = \"io\") void b(AsyncAside a) { a.parse(\"\").join(); }"
            + " @Async(pool = \"cpu\") void c(AsyncAside a) { a.get(\"\")/*!*/.join(); }",
        "AsyncCommonPool | @Async void b() { CompletableFuture/*!*/.runAsync(() -> {}); }",
        "AsyncCommonPool | @Async void b() { List.of(1)/*!*/.parallelStream(); }",
        "AsyncCommonPool | @Async void b() { List.of(1).stream()/*!*/.parallel(); }",
        "AsyncCommonPool | @Async void b() { List.of(1).forEach("
            + "n -> CompletableFuture/*!*/.runAsync(() -> {})); }",
      })
  void reportsAtTheNarrowestPlace(String tag, String member) {
    String source = IMPORTS + "class Probed {\n  " + member + "\n}\n";
    Outcome outcome = compile(source);

    List<Message> tagged = outcome.tagged();
    assertThat(tagged).as(outcome.messages().toString()).hasSize(1);
    long[] place = CompilerRun.markIn(source, 0);
    assertThat(tagged.get(0).text()).startsWith("[" + tag + "] ");
    assertThat(tagged.get(0).file()).isEqualTo("demo/Probed.java");
    assertThat(tagged.get(0).line()).isEqualTo(place[0]);
    assertThat(tagged.get(0).column()).isEqualTo(place[1]);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "synchronized void run() {} @Async void other() {}",
        "@Async(pool = \"far\") static synchronized void run() {}",
        "@Async(pool = \"io\", timeout = \"5s\") void run() throws IOException {}",
        "@Async(pool = \"far\", timeout = \"5s\") static native void run();",
        "@Async(pool = \"io\") Thread run(Runnable work) { return null; }",
        "@Async(pool = \"far\") static List<String> run(Map<String, Optional<int[]>> m)"
            + " throws IOException { return null; }",
        "@Async(pool = \"far\") static CompletionStage<String> run() { return null; }",
        "@Async(pool = \"far\") static CharSequence run(Set<UUID> ids) { return null; }",
        "Probed() {} Probed(int n) {} @Async(pool = \"far\") void run() {}",
        "Probed(int n) {} @Async(pool = \"io\") void run() {}",
        "Probed(int n) {} @Async(pool = \"far\") static void run() {}",
        "int n; @Async(pool = \"far\") static void run() {}",
        "int n; @Async(pool = \"io\") void run() { n++; }",
        "final int n = 1; static int all; @Async(pool = \"far\") void run() {}",
        "@org.springframework.scheduling.annotation.Async void run() {}",
        "@Async void a() {} @other.Async void b() {}",
        "@ThreadPool(name = \"spare\") static class Some { Pool p(Pools all) {"
            + " return all.pool(\"spare\"); } }",
        "@ThreadPool(name = \"spare\") static class Some {"
            + " @jakarta.inject.Named(\"spare\") Pool pool; }",
        "@ThreadPool(name = NAME) static class Some {}"
            + " static final String NAME = \"spare\"; @Async(pool = NAME) void run() {}",
        "@ThreadPool(name = \"io\", queueCapacity = 1_000_000) static class Some {}",
        "@Async int a(int n) { return n == 0 ? 0 : a(n - 1); }",
        "@Async void a() {} static void b(Probed other) { other.a(); }",
        "void a() {} @Async void b() { a(); }",
        "@Async void a() {} void b() { Runnable later = this::a; }",
        "void b(AsyncAside aside) { aside.touch(\"a\"); }",
        "void b(AsyncAside aside) { aside.called(\"a\"); }",
        "void b(AsyncAside aside) { aside.get(\"a\").onDone(t -> {}); }",
        "Task<String> b(AsyncAside aside) { return aside.get(\"a\"); }",
        "void b(AsyncAside aside) { aside.get(\"a\").join(); }",
        "@Async(pool = \"io\") CompletionStage<Integer> b(AsyncAside a) {"
            + " return a.get(\"a\").thenApply(String::length); }",
        "@Async(pool = \"io\") void b(AsyncAside a) {"
            + " a.get(\"a\").thenAccept(x -> a.get(x).join()); }",
        "@Async(pool = \"io\") void b(AsyncAside a) { a.parse(\"a\").join(); }"
            + " @Async(pool = \"default\") void c(AsyncAside a) { a.get(\"\").join(); }",
        "void b() { CompletableFuture.runAsync(() -> {}); List.of(1).parallelStream(); }",
        "@Async void b(Pool p) { CompletableFuture.runAsync(() -> {}, p); List.of(1).stream(); }",
        "@SuppressWarnings(\"AsyncCommonPool\") @Async void b() {"
            + " CompletableFuture.runAsync(() -> {}); }",
        "@SuppressWarnings({\"unused\", \"AsyncSynchronized\"})"
            + " @Async synchronized void run() {}",
        "void b(AsyncAside aside) {"
            + " @SuppressWarnings(\"AsyncDroppedTask\") Runnable r = () -> { aside.get(\"\"); }; }",
      })
  void isSilentAboutNearMisses(String member) {
    Outcome outcome = compile(IMPORTS + "class Probed {\n  " + member + "\n}\n");

    assertThat(outcome.messages()).isEmpty();
    assertThat(outcome.isSuccess()).isTrue();
  }

  private Outcome compile(String source) {
    return new CompilerRun(folder)
        .source(source)
        .source(ASIDE)
        .source(SPRING)
        .source(JAKARTA)
        .source(OTHER)
        .run();
  }
}

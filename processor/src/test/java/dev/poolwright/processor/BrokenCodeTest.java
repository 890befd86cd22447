package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever users write, the processors live on and leave the compiler's own errors alone. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class BrokenCodeTest {

  private static final String IMPORTS =
      """
      package demo;
      import dev.poolwright.*;
      import dev.poolwright.annotation.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;
  private static final Pattern TOKEN = Pattern.compile("\\w+|\"[^\"\n]*\"|[^\\s\\w]");
  private static final List<String> TOKENS =
      List.of(
          "",
          "",
          "",
          "@",
          "(",
          ")",
          "{",
          "}",
          "<",
          ">",
          ",",
          ";",
          "=",
          "?",
          "extends",
          "class",
          "Missing",
          "void",
          "int",
          "null",
          "record",
          "static",
          "@Async",
          "@Callback",
          "\"io\"",
          "@ThreadPool",
          "PoolKind.PROCESS",
          "...",
          "[]",
          "this",
          "Crawler",
          "interface",
          "0");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A extends B { @Async void a() {} } class B extends A { @Async void b() {} }",
        "interface A extends A { @Async void a(); }",
        "class A extends Missing<A> { @Async(pool = \"io\", maxWorkers = 2) void a() {} }",
        "class A { @Async Missing a(Missing b) throws Missing { return b; } }",
        "class A { @Async(pool = MISSING) void a() {} }",
        "class A { @Async(pool = 1, maxWorkers = \"x\", kind = 3, timeout = null) void a() {} }",
        "class A { @Async(kind = PoolKind.MISSING) void a() {} }",
        "class A { @Async(nothing = 1) void a() {} }",
        "class A { @Async( void a() {} }",
        "@ThreadPool class A { @Async void a() {} }",
        "@ThreadPool(name) class A { @Async void a() {} }",
        "@ThreadPool.List class A { @Async void a() {} }",
        "@ThreadPool.List({1, 2}) class A { @Async void a() {} }",
        "@ProcessPool(name = \"p\", initializer = Missing.class, modules = Missing.class)"
            + " class A { @Async(pool = \"p\") void a() {} }",
        "class A { @Async void a() {} @Async void a() {} }",
        "class A { @Callback(1) void a() {} @Callback(\"\\\"(\") void b() {} }",
        "class A { @Async <T extends T> T a(T t) { return t; } }",
        "class A<T extends A<T>> { @Async T a(List<? super T>... t) { return null; } }",
        "record R(R r, Missing m) implements java.io.Serializable {}"
            + " class A { @Async(kind = PoolKind.PROCESS, pool = \"p\") static R a(R r) {} }",
        "sealed interface S permits S {} class A {"
            + " @Async(kind = PoolKind.PROCESS, pool = \"p\") static S a(S s) { return s; } }",
        "class A { @SuppressWarnings @Async synchronized void a() {} }",
        "class A { @SuppressWarnings(1) @Async synchronized void a() {} }",
        "class A { @Async @Async void a() {} }",
        "class A { class { @Async void a() {} } }",
        "class A { @Async void a() { a(; } void b() { a().get().join(); missing.join(); } }",
        "@Async class A { A() {} { a(1); } void a(int n) { Missing.x(); this.a(); } }",
        "@Async package demo;",
        "enum A { X { @Async void a() {} }; abstract void a(); }",
        "class A { void m() { class L { @Async void a() {} } new L().a(); } }",
        "class A { @Async int() {} @Async(pool = \"\") void 1a() {} }",
      })
  void survivesBrokenCode(String code) {
    assertSurvives(IMPORTS + code, "no seed");
  }

  /** Change it to look for more: {@code -Dpoolwright.mutations=2000}. */
  private static final int MUTATIONS = Integer.getInteger("poolwright.mutations", 60);

  @Test
  void survivesRandomChanges() throws IOException {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("BrokenCodeTest: -Dpoolwright.seed=" + seed);
    Random random = new Random(seed);
    List<String> sources =
        DiagnosticsDocTest.entries()
            .flatMap(entry -> List.of(entry.wrong(), entry.right()).stream())
            .filter(code -> !code.startsWith("//"))
            .toList();
    for (int i = 0; i < MUTATIONS; i++) {
      String code = sources.get(random.nextInt(sources.size()));
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        code = mutate(code, random);
      }
      assertSurvives(IMPORTS + code, "seed " + seed + ", change " + i);
    }
  }

  /** Replaces one token. */
  private static String mutate(String code, Random random) {
    Matcher token = TOKEN.matcher(code);
    long count = token.results().count();
    int chosen = random.nextInt((int) count);
    token.reset();
    for (int i = 0; i <= chosen; i++) {
      token.find();
    }
    String other = TOKENS.get(random.nextInt(TOKENS.size()));
    boolean isInserted = random.nextBoolean();
    return code.substring(0, token.start())
        + " "
        + other
        + " "
        + code.substring(isInserted ? token.start() : token.end());
  }

  private void assertSurvives(String code, String seed) {
    String name = seed + "\n" + code;
    Outcome plain = compile(code, "-proc:none");
    Outcome processed = compile(code);

    assertThat(processed.log()).as(name).doesNotContain("Exception");
    assertThat(processed.of("AsyncInternal")).as(name).isEmpty();
    if (plain.messages().stream().anyMatch(BrokenCodeTest::isOwnError)) {
      assertThat(processed.messages()).as(name).anyMatch(BrokenCodeTest::isOwnError);
    }
  }

  /** Without the processors proxies are missing, which is no mistake of the user. */
  private static boolean isOwnError(CompilerRun.Message message) {
    return message.kind() == Kind.ERROR
        && !message.text().startsWith("[")
        && !message.text().contains("cannot find symbol");
  }

  private Outcome compile(String code, String... options) {
    try {
      Path output = Files.createTempDirectory(folder, "out");
      return new CompilerRun(output)
          .source(code)
          .source("package demo;\nrecord Page(String text) implements java.io.Serializable {}")
          .options(options)
          .run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

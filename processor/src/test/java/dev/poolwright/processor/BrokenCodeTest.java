package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
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

  /** As Error Prone wants it: processors then see code with errors of syntax. */
  private static final List<String> GO_ON = List.of("--should-stop=ifError=FLOW");

  /** No processor at all, and no look into methods. */
  private static final List<String> ENTER_ONLY =
      List.of("-proc:none", "--should-stop=ifNoError=ENTER");

  private static final Pattern PROXY = Pattern.compile("(?s)cannot find symbol.*\\bAsync[A-Z]");

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
        "class A { @Async(pool = ) void a() {} @Callback() void b() {} @ThreadPool(name = \"a\", ) }",
        "@ThreadPool(name = \"a\") @ThreadPool(name = \"a\", name = \"b\") class A { @Async() void a() }",
        "class A { @Async(pool = \"io\" maxWorkers = 2) void a() {} }",
        "class A { @Async(pool = {\"a\", \"b\"}) void a() {} @Async(timeout = 5) void b() {} }",
        "class A { @Async void a(Missing... all) {} @Callback(\"a\") void b() {} @Callback void c(int n) {} }",
        "class A implements Missing, Comparable<Missing> { @Async public int compareTo(Missing m) {} }",
        "class A extends java.util.ArrayList<A.Inner<?>> { class Inner<T extends Inner<T>> { @Async void a() {} } }",
        "interface I { @Async private void a() {} } @interface Z { @Async int a(); }",
        "class A { @Async <T extends Missing & Runnable> T a(Class<T>[]... t) { return null; } }",
        "@Async(pool = A.NAME) class A { static final String NAME = B.NAME; void a() {} }"
            + " class B { static final String NAME = A.NAME; }",
        "class A { @Async(pool = \"p\", kind = PoolKind.PROCESS) static B.C a(B.D d) { return null; } }"
            + " class B implements java.io.Serializable { class C extends D {} class D extends C {} }",
        "sealed class A permits B, Missing { @Async void a() {} } final class B extends A {}",
        "enum A { X { @Override private void a() {} }; @Async abstract void a(); }",
        "class ; { private record R() {} @Async R a(int int) { return null; } }",
        "class B<T> { @Async void a() {} } class A extends B<String } implements Runnable {"
            + " @Async boolean b(String s) { return true; } @Override public void run() {} }",
        "class A<T extends { @Async T a(Class<T> t) { return null; } }",
        "class A<T> { @Async T a(List<? super> t, <T> u) { return null; } }",
        "class A { @Async int() {} @Async(pool = \"\") void 1a() {} }",
      })
  void survivesBrokenCode(String code) {
    assertSurvives(List.of(IMPORTS + code), "no seed");
    assertGoesOn(List.of(IMPORTS + code), "no seed");
  }

  /**
   * What javac makes of code that does not parse has no end, so that this is looked into only when
   * asked for.
   */
  private static final boolean IS_SEARCH = Integer.getInteger("poolwright.mutations") != null;

  /** Change it to look for more: {@code -Dpoolwright.mutations=2000}. */
  private static final int MUTATIONS = Integer.getInteger("poolwright.mutations", 60);

  @Test
  void survivesRandomChangesOfTheDocumentation() throws IOException {
    List<String> sources =
        DiagnosticsDocTest.entries()
            .flatMap(entry -> List.of(entry.wrong(), entry.right()).stream())
            .filter(code -> !code.startsWith("//"))
            .map(code -> IMPORTS + code)
            .toList();
    survivesRandomChanges(sources.stream().map(List::of).toList());
  }

  @Test
  void survivesRandomChangesOfTheGoldenInputs() throws IOException {
    List<List<String>> cases = new ArrayList<>();
    for (String name : GoldenTest.cases()) {
      cases.add(GoldenTest.sources(name));
    }
    survivesRandomChanges(cases);
  }

  private void survivesRandomChanges(List<List<String>> cases) {
    long seed = Long.getLong("poolwright.seed", System.nanoTime());
    System.out.println("BrokenCodeTest: -Dpoolwright.seed=" + seed);
    Mutations mutations = new Mutations(new Random(seed));
    for (int i = 0; i < MUTATIONS; i++) {
      List<String> changed = mutations.of(cases);
      assertSurvives(changed, "seed " + seed + ", change " + i);
      if (IS_SEARCH) {
        assertGoesOn(changed, "seed " + seed + ", change " + i);
      }
    }
  }

  private void assertSurvives(List<String> sources, String seed) {
    String name = seed + "\n" + String.join("\n// ---\n", sources);
    Outcome plain = compile(sources, new Maker(Map.of()));
    Outcome processed = compile(sources);

    assertThat(processed.log()).as(name).doesNotContain("Exception");
    assertThat(processed.of("AsyncInternal")).as(name).isEmpty();
    assertThat(places(processed)).as(name).containsAll(places(compile(sources, ENTER_ONLY)));
    if (processed.tagged().stream().noneMatch(said -> said.kind() == Kind.ERROR)) {
      // After an error of whatever processor, javac itself looks into no method any more.
      assertThat(errors(processed)).as(name).containsAll(errors(plain));
    }
  }

  private void assertGoesOn(List<String> sources, String seed) {
    String name = seed + "\n" + String.join("\n// ---\n", sources);
    Outcome goingOn = compile(sources, GO_ON);

    assertThat(goingOn.of("AsyncInternal")).as(name).isEmpty();
    if (goingOn.log().contains("Exception")) { // javac fails by itself on some of it
      assertThat(compile(sources, GO_ON, new Maker(Map.of())).log()).as(name).contains("Exception");
    }
  }

  /**
   * The compiler's own. Without the processors proxies are missing, which is no mistake; beside any
   * processor, so also one that does nothing, some errors that follow from others are not said.
   */
  private static Set<String> errors(Outcome outcome) {
    return outcome.messages().stream()
        .filter(said -> said.kind() == Kind.ERROR)
        .filter(said -> !said.text().startsWith("[") && !PROXY.matcher(said.text()).find())
        .map(said -> said.file() + ":" + said.line() + ":" + said.column() + " " + said.text())
        .collect(Collectors.toSet());
  }

  /** Where errors are: beside any processor, javac 25 says some of them in other words. */
  private static Set<String> places(Outcome outcome) {
    return errors(outcome).stream()
        .map(error -> error.substring(0, error.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  private Outcome compile(List<String> sources, Processor... processors) {
    return compile(sources, List.of(), processors);
  }

  private Outcome compile(List<String> sources, List<String> options, Processor... processors) {
    try {
      CompilerRun run = new CompilerRun(Files.createTempDirectory(folder, "out"));
      run.options(options.toArray(new String[0]));
      sources.forEach(run::source);
      if (sources.size() == 1) {
        run.source("package demo;\nrecord Page(String text) implements java.io.Serializable {}");
      }
      return run.run(processors);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

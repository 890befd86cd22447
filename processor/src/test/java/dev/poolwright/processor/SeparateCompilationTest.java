package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import dev.poolwright.processor.write.NamesFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are compiled apart see each other's pools. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SeparateCompilationTest {

  private static final String POOLS =
      """
      package base;
      import dev.poolwright.annotation.*;
      @ThreadPool(name = "io", maxWorkers = 4)
      @ProcessPool(name = "cpu")
      @SuppressWarnings("AsyncUnusedPool")
      public final class Shared {
        @Async(pool = "io") public String get(String url) { return url; }
      }
      """;
  private static final String MODULE =
      """
      module base {
        requires transitive dev.poolwright;
        exports base;
        provides dev.poolwright.spi.PoolCatalogue with base.Shared_PoolCatalogue;
      }
      """;
  private static final String USER =
      """
      package app;
      import dev.poolwright.annotation.*;
      final class Crawler {
        @Async(pool = "io") String get(String url) { return url; }
        @Async(pool = "cpu") static int parse(String text) { return text.length(); }
      }
      """;
  private static final String MISTYPED =
      """
      package app;
      import dev.poolwright.annotation.*;
      final class Mistyped {
        @Async(pool = "oi") String get(String url) { return url; }
      }
      """;
  private static final String STUCK =
      """
      package app;
      import dev.poolwright.annotation.*;
      final class Stuck {
        @Async(pool = "cpu") static Thread parse(String text) { return null; }
      }
      """;

  @TempDir Path folder;

  @Test
  void seesThePoolsOfClassesAndJarsOnTheClassPath() throws IOException {
    Path base = folder.resolve("base");
    assertThat(new CompilerRun(base).source(POOLS).run().messages()).isEmpty();

    for (Path path : List.of(base, jar(base))) {
      assertThat(app(path).source(USER).run().messages()).isEmpty();
      Outcome mistyped = app(path).source(MISTYPED).run();
      assertThat(mistyped.tagged()).hasSize(1);
      assertThat(mistyped.tagged().get(0).text())
          .contains("[AsyncUnknownPool] Pool \"oi\"", "\"cpu\"", "Did you mean \"io\"?");
      assertThat(app(path).source(STUCK).run().of("AsyncCannotTravel")).hasSize(1);
    }
  }

  @Test
  void seesThePoolsOfModulesAndModularJars() throws IOException {
    Path base = folder.resolve("base");
    assertThat(module(base).source(MODULE).source(POOLS).run().messages()).isEmpty();

    String user = "module app {\n  requires base;\n}\n";
    for (Path path : List.of(base, jar(base))) {
      Path app = folder.resolve("app" + path.getFileName());
      assertThat(module(app, path).source(user).source(USER).run().messages()).isEmpty();
      Outcome mistyped = module(app, path).source(user).source(MISTYPED).run();
      assertThat(mistyped.tagged()).hasSize(1);
      assertThat(mistyped.tagged().get(0).text()).contains("Did you mean \"io\"?");
    }
  }

  @Test
  void seesThePoolsOfModulesOnTheClassPath() throws IOException {
    Path base = folder.resolve("base");
    assertThat(module(base).source(MODULE).source(POOLS).run().messages()).isEmpty();
    assertThat(module(base, base).source(MODULE).source(POOLS).run().messages()).isEmpty(); // again

    for (Path path : List.of(base, jar(base))) {
      assertThat(app(path).source(USER).run().messages()).isEmpty();
      assertThat(app(path).source(STUCK).run().of("AsyncCannotTravel")).hasSize(1);
      assertThat(app(path).source(MISTYPED).run().of("AsyncUnknownPool")).hasSize(1);
    }
  }

  @Test
  void addsNoPackageToAModule() throws IOException {
    Path base = folder.resolve("base");
    assertThat(module(base).source(MODULE).source(POOLS).run().messages()).isEmpty();
    Path other = folder.resolve("other");
    Outcome beside =
        module(other)
            .source(MODULE.replace("base", "other"))
            .source(POOLS.replace("base", "other"))
            .run();
    assertThat(beside.messages()).isEmpty();

    for (String name : List.of("base", "other")) {
      ModuleFinder finder = ModuleFinder.of(folder.resolve(name));
      assertThat(finder.find(name).orElseThrow().descriptor().packages()).containsExactly(name);
    }
  }

  @Test
  void listsTheProxiesOfAJarWithWhatTheyCall() throws IOException {
    Path all = folder.resolve("all");
    Path list = all.resolve(NamesFile.PROXIES);
    String nested =
        """
        package app;
        import dev.poolwright.annotation.*;
        public final class Outer {
          static class Inner { @Async void go() {} }
          static class Statics { @Async static void go() {} }
          @ThreadPool(name = "io") static class NoProxy {}
        }
        """;
    List<String> nestedOnes =
        List.of("app.AsyncOuter_Inner app.Outer$Inner", "app.AsyncOuter_Statics");
    List<String> lines = new ArrayList<>(List.of("app.AsyncCrawler app.Crawler"));
    lines.addAll(nestedOnes);
    lines.add("base.AsyncShared base.Shared");

    new CompilerRun(all).classPath(all).source(POOLS).source(USER).source(nested).run();
    assertThat(list).content().isEqualTo(String.join("\n", lines) + "\n");

    new CompilerRun(all).classPath(all).source(nested).run(); // alone
    assertThat(list).content().isEqualTo(String.join("\n", lines) + "\n");

    Files.delete(all.resolve("app/AsyncCrawler.class"));
    Files.deleteIfExists(all.resolve("app/AsyncCrawler.java"));
    new CompilerRun(all).classPath(all).source(nested).run();
    assertThat(Files.readAllLines(list)).doesNotContain(lines.get(0)).containsAll(nestedOnes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shared", "Crawler"})
  void recompilesOneClassAloneWithoutAWord(String name) {
    Path all = folder.resolve("all");
    assertThat(new CompilerRun(all).source(POOLS).source(USER).run().messages()).isEmpty();

    String alone =
        (name.equals("Shared") ? POOLS : USER)
            .replace("@SuppressWarnings(\"AsyncUnusedPool\")", "");
    assertThat(new CompilerRun(all).classPath(all).source(alone).run().messages()).isEmpty();
  }

  private CompilerRun app(Path pools) {
    return new CompilerRun(folder.resolve("app")).classPath(pools);
  }

  private static CompilerRun module(Path output, Path... more) {
    String parts =
        Stream.concat(Arrays.stream(more).map(Path::toString), Stream.of(CompilerRun.MODULES))
            .collect(joining(File.pathSeparator));
    return new CompilerRun(output).options("--module-path", parts);
  }

  private Path jar(Path classes) throws IOException {
    Path jar = folder.resolve("base.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file :
          files
              .filter(
                  each -> each.toString().matches(".*\\.class|.*META-INF/.*/.*|.*/poolwright/.*"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    return jar;
  }
}

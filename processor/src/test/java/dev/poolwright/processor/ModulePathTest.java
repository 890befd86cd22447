package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Message;
import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program of two modules, compiled and run on the module path. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ModulePathTest {

  static final String BASE =
      """
      module base {
        requires transitive dev.poolwright;
        exports base;
        provides dev.poolwright.spi.PoolCatalogue with base.Shared_PoolCatalogue;
      }
      """;
  static final String SHARED =
      """
      package base;
      import dev.poolwright.annotation.*;
      public class Shared {
        @Async(pool = "io", maxWorkers = 3) public String get(String url) { return "got " + url; }
      }
      """;
  static final String APP =
      """
      module app {
        requires base;
        provides dev.poolwright.spi.PoolCatalogue with app.Main_PoolCatalogue;
      }
      """;
  static final String MAIN =
      """
      package app;
      import base.*;
      import dev.poolwright.*;
      import dev.poolwright.annotation.*;
      public class Main {
        @Async(pool = "io") String twice(String url) { return url + url; }
        @Async(pool = "cpu", maxWorkers = 2) static int length(String text) { return text.length(); }
        public static void main(String... arguments) {
          try (Pools pools = Pools.builder().build()) {
            AsyncMain main = new AsyncMain(new Main(), pools);
            System.out.println(pools.names() + " " + pools.pool("io").stats().maxWorkers() + " "
                + new AsyncShared(new Shared(), pools).get("x").join() + " "
                + main.twice("y").join() + " " + main.length("four").join());
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void findsThePoolsOfItsModulesWhenItRuns() throws Exception {
    Path base = folder.resolve("base");
    Path app = folder.resolve("app");
    assertThat(module(base).source(BASE).source(SHARED).run().messages()).isEmpty();
    assertThat(module(app, base).source(APP).source(MAIN).run().messages()).isEmpty();

    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            path(app, base),
            "--module",
            "app/app.Main");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.strip()).isEqualTo("[cpu, default, io] 3 got x yy 4");
  }

  @Test
  void saysWhichLineProvidesThem() {
    String missing = "module base {\n  requires dev.poolwright;\n}\n";
    Outcome outcome = module(folder).source(missing).source(SHARED).run();

    assertThat(outcome.isSuccess()).isFalse();
    assertThat(outcome.messages())
        .containsExactly(
            new Message(
                javax.tools.Diagnostic.Kind.ERROR,
                "module-info.java",
                1,
                1,
                "[AsyncMissingProvides] Module base declares pools without providing their"
                    + " catalogue, so nothing finds them on the module path. Add to"
                    + " module-info.java: provides dev.poolwright.spi.PoolCatalogue with"
                    + " base.Shared_PoolCatalogue;"));
    String pasted = missing.replace("}", lineIn(outcome) + "}");
    assertThat(module(folder).source(pasted).source(SHARED).run().messages()).isEmpty();
  }

  @Test
  void wantsNoProvidesOfAModuleThatDeclaresNoPool() {
    String silent = SHARED.replace(", maxWorkers = 3", "").replace("\"io\"", "\"default\"");
    Outcome outcome =
        module(folder)
            .source("module base {\n  requires dev.poolwright;\n  exports base;\n}\n")
            .source(silent)
            .run();

    assertThat(outcome.messages()).isEmpty();
  }

  private static String lineIn(Outcome outcome) {
    String text = outcome.messages().get(0).text();
    return text.substring(text.indexOf("provides "));
  }

  private static CompilerRun module(Path output, Path... more) {
    return new CompilerRun(output).options("--module-path", path(more));
  }

  /** Without Guice and Error Prone, which no module of a user need have. */
  private static String path(Path... more) {
    return Stream.concat(
            Arrays.stream(more).map(Path::toString),
            Arrays.stream(CompilerRun.MODULES.split(File.pathSeparator))
                .filter(part -> !part.contains("guice") && !part.contains("errorprone")))
        .collect(joining(File.pathSeparator));
  }
}

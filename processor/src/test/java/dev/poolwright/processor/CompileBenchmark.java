package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what the processors cost a build: 1,000 annotated classes compiled without them, with
 * them, and the generated sources alone. Prints a line a figure, as {@code name: value unit},
 * medians. Runs only when it is asked for, by {@code -Dtest=CompileBenchmark
 * -Dpoolwright.benchmark=true}; the number of classes is {@code -Dpoolwright.classes}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "poolwright.benchmark", matches = "true")
final class CompileBenchmark {

  private static final int ROUNDS = 5;
  private static final String SOURCE =
      """
      package demo%2$d;

      import dev.poolwright.annotation.*;
      import java.io.IOException;
      import java.util.List;

      public class Service%1$d {
        public record Page(String text, int number) implements java.io.Serializable {}

        @Async(pool = "io", maxWorkers = 4, timeout = "10s")
        public Page get(String url) throws IOException { return new Page(url, %1$d); }

        @Async(pool = "cpu", kind = PoolKind.PROCESS)
        public static int parse(Page page, List<String> words) { return words.size(); }

        @Callback("get")
        void save(Page page) { System.out.println(page.text() + page.number()); }
      }
      """;

  private Path folder;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final String classPath = System.getProperty("java.class.path");

  @Test
  void costsLessThanHalfOfTheBuild(@TempDir Path temporary) throws IOException {
    folder = temporary;
    run(Integer.getInteger("poolwright.classes", 1_000));
  }

  private void run(int classes) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      Path source = folder.resolve("src/demo" + i % 10 + "/Service" + i + ".java");
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, SOURCE.formatted(i, i % 10)));
    }
    long[] plain = new long[ROUNDS];
    long[] processed = new long[ROUNDS];
    long[] generated = new long[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // the first one warms the compiler up
      int slot = Math.max(round, 0);
      Path out = folder.resolve("out" + round);
      plain[slot] = compile(sources, out.resolve("plain"), classPath, "-proc:none");
      processed[slot] =
          compile(sources, out.resolve("processed"), classPath, "-processorpath", classPath);
      generated[slot] =
          compile(
              generated(out.resolve("processed-sources")),
              out.resolve("generated"),
              out.resolve("plain") + File.pathSeparator + classPath,
              "-proc:none");
    }
    report("compile.classes", classes, "classes");
    report("compile.plain", median(plain) / 1e6, "ms");
    report("compile.generated-sources", median(generated) / 1e6, "ms");
    report("compile.with-processor", median(processed) / 1e6, "ms");
    double own = (double) (median(processed) - median(generated)) / median(plain);
    report("compile.own", own, "times plain");
    report(
        "compile.ratio", (double) median(processed) / (median(plain) + median(generated)), "times");
    assertThat(own).isLessThan(1.5);
  }

  private static List<Path> generated(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private long compile(List<Path> sources, Path output, String path, String... options) {
    Path written = output.resolveSibling(output.getFileName() + "-sources");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(output);
      Files.createDirectories(written);
      List<String> all =
          new ArrayList<>(
              List.of("-d", output.toString(), "-s", written.toString(), "-classpath", path));
      all.addAll(List.of(options));
      long start = System.nanoTime();
      boolean isSuccess =
          compiler
              .getTask(null, files, null, all, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!isSuccess) {
        throw new IllegalStateException("the compiler failed on " + output);
      }
      return System.nanoTime() - start;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void report(String name, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%s: %.2f %s", name, value, unit));
  }
}

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures what the processors cost a build: 1,000 annotated classes compiled without them, with
 * them, and the generated sources alone. Once each class declares its pools, once all use those
 * that one class declares. Prints a line a figure, as {@code name: value unit}, medians. Runs only
 * when it is asked for, by {@code -Dtest=CompileBenchmark -Dpoolwright.benchmark=true}; the number
 * of classes is {@code -Dpoolwright.classes}.
 *
 * <p>A fresh compiler is a {@code javac} of its own for each figure, as most builds have it; there
 * is also one that gets all sources at once. A warm one compiles in this JVM for the sixth time; it
 * is also given a processor that only writes the same texts, to tell our cost from that of javac's
 * Filer and rounds.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "poolwright.benchmark", matches = "true")
final class CompileBenchmark {

  private static final int ROUNDS = 5;
  private static final int FRESH_ROUNDS = 3;
  private static final double MOST = 1.5;
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

  private static final String SHARED =
      """
      package demo0;

      import dev.poolwright.annotation.*;

      @ThreadPool(name = "io", maxWorkers = 4)
      @ProcessPool(name = "cpu")
      public class Shared {
        @Async(pool = "io")
        public void run() {}
      }
      """;

  private Path folder;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final String classPath = System.getProperty("java.class.path");

  @ParameterizedTest
  @ValueSource(strings = {"each", "once"})
  void costsAFreshCompilerLessThanHalf(String declared, @TempDir Path temporary)
      throws IOException, InterruptedException {
    folder = temporary;
    runFresh("compile." + declared + ".fresh.", sources(declared.equals("each")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"each", "once"})
  void costsAWarmCompilerLessThanTheBuild(String declared, @TempDir Path temporary)
      throws IOException {
    folder = temporary;
    runWarm("compile." + declared + ".warm.", sources(declared.equals("each")));
  }

  private List<Path> sources(boolean isDeclaredByEach) throws IOException {
    List<Path> sources = new ArrayList<>();
    int classes = Integer.getInteger("poolwright.classes", 1_000);
    String source =
        isDeclaredByEach
            ? SOURCE
            : SOURCE.replace(", maxWorkers = 4", "").replace(", kind = PoolKind.PROCESS", "");
    for (int i = 0; i < classes; i++) {
      String file = "src/demo" + i % 10 + "/Service" + i + ".java";
      sources.add(write(folder.resolve(file), source.formatted(i, i % 10)));
    }
    if (!isDeclaredByEach) {
      sources.add(write(folder.resolve("src/demo0/Shared.java"), SHARED));
    }
    return sources;
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void runFresh(String name, List<Path> sources) throws IOException, InterruptedException {
    long[] plain = new long[FRESH_ROUNDS];
    long[] processed = new long[FRESH_ROUNDS];
    long[] generated = new long[FRESH_ROUNDS];
    long[] together = new long[FRESH_ROUNDS];
    for (int round = 0; round < FRESH_ROUNDS; round++) {
      Path out = folder.resolve("out" + round);
      Path classes = out.resolve("plain");
      plain[round] = javac(sources, classes, classPath, "-proc:none");
      processed[round] =
          javac(sources, out.resolve("processed"), classPath, "-processorpath", classPath);
      List<Path> written = generated(out.resolve("processed-sources"));
      String path = classes + File.pathSeparator + classPath;
      generated[round] = javac(written, out.resolve("generated"), path, "-proc:none");
      List<Path> all = new ArrayList<>(sources);
      all.addAll(written);
      together[round] = javac(all, out.resolve("together"), classPath, "-proc:none");
    }
    double ratio = median(processed) / (double) (median(plain) + median(generated));
    report(name + "classes", sources.size(), "classes");
    report(name + "plain", median(plain) / 1e6, "ms");
    report(name + "generated-sources", median(generated) / 1e6, "ms");
    report(name + "together", median(together) / 1e6, "ms");
    report(name + "with-processor", median(processed) / 1e6, "ms");
    report(name + "ratio", ratio, "times");
    report(name + "ratio-to-together", median(processed) / (double) median(together), "times");
    assertThat(ratio).isLessThan(MOST);
  }

  /** A compiler in a JVM of its own. */
  private static long javac(List<Path> sources, Path output, String path, String... options)
      throws IOException, InterruptedException {
    List<String> all = arguments(output, path, options);
    sources.forEach(source -> all.add(source.toString()));
    Path file = output.resolveSibling(output.getFileName() + ".args");
    Files.write(file, all.stream().map(each -> '"' + each.replace("\\", "\\\\") + '"').toList());
    String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    Path said = output.resolveSibling(output.getFileName() + ".log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(javac, "@" + file)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the compiler failed: " + Files.readString(said));
    }
    return System.nanoTime() - start;
  }

  private static List<String> arguments(Path output, String path, String... options)
      throws IOException {
    Path written = output.resolveSibling(output.getFileName() + "-sources");
    Files.createDirectories(output);
    Files.createDirectories(written);
    List<String> all =
        new ArrayList<>(
            List.of("-d", output.toString(), "-s", written.toString(), "-classpath", path));
    all.addAll(List.of(options));
    return all;
  }

  private void runWarm(String name, List<Path> sources) throws IOException {
    long[] plain = new long[ROUNDS];
    long[] processed = new long[ROUNDS];
    long[] generated = new long[ROUNDS];
    long[] copied = new long[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // the first one warms the compiler up
      int slot = Math.max(round, 0);
      Path out = folder.resolve("out" + round);
      plain[slot] = compile(sources, out.resolve("plain"), classPath, null, "-proc:none");
      processed[slot] =
          compile(sources, out.resolve("processed"), classPath, null, "-processorpath", classPath);
      Path written = out.resolve("processed-sources");
      copied[slot] = compile(sources, out.resolve("copied"), classPath, copier(written));
      generated[slot] =
          compile(
              generated(written),
              out.resolve("generated"),
              out.resolve("plain") + File.pathSeparator + classPath,
              null,
              "-proc:none");
    }
    double sum = median(plain) + median(generated);
    report(name + "classes", sources.size(), "classes");
    report(name + "plain", median(plain) / 1e6, "ms");
    report(name + "generated-sources", median(generated) / 1e6, "ms");
    report(name + "with-copier", median(copied) / 1e6, "ms");
    report(name + "with-processor", median(processed) / 1e6, "ms");
    report(name + "ratio-of-copier", median(copied) / sum, "times");
    report(name + "ratio", median(processed) / sum, "times");
    report(name + "own", (median(processed) - median(copied)) / sum, "times");
    assertThat(median(processed) - median(copied)).as("our own part").isLessThan((long) sum);
  }

  /** Writes, of the given folder, every file anew, and does nothing else. */
  private static Processor copier(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : generated(folder)) {
      String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
      texts.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
    }
    return new Maker(texts);
  }

  private static List<Path> generated(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private long compile(
      List<Path> sources,
      Path output,
      String path,
      @Nullable Processor processor,
      String... options) {
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> all = arguments(output, path, options);
      long start = System.nanoTime();
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null, files, null, all, null, files.getJavaFileObjectsFromPaths(sources));
      if (processor != null) {
        task.setProcessors(List.of(processor));
      }
      if (!task.call()) {
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

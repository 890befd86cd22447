package dev.poolwright.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated code as text, without a warning of any kind; {@code -Dgolden.update=true} writes it
 * anew.
 */
@Timeout(60)
class GoldenTest {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** All warnings of code and comments, but for what has no comment. */
  private static final List<String> STRICT =
      List.of("-Xlint:all,-processing", "-Xdoclint:all,-missing", "-Werror");

  static List<String> cases() throws IOException {
    try (Stream<Path> directories = Files.list(GOLDEN)) {
      return directories.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** The sources of a case. */
  static List<String> sources(String name) throws IOException {
    return List.copyOf(read(GOLDEN.resolve(name).resolve("in")).values());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesTheSameText(String name) throws IOException {
    Map<String, String> written = written(sources(name));

    Path out = GOLDEN.resolve(name).resolve("out");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(out);
      for (Map.Entry<String, String> each : written.entrySet()) {
        Files.writeString(out.resolve(each.getKey()), each.getValue());
      }
    }
    assertThat(written).isEqualTo(read(out));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesTheSameTextWhateverTheOrderOfFiles(String name) throws IOException {
    List<String> turned = new ArrayList<>(sources(name));
    Collections.reverse(turned);

    assertThat(written(turned)).isEqualTo(read(GOLDEN.resolve(name).resolve("out")));
  }

  /** Modules have no unnamed package. */
  static List<String> casesForModules() throws IOException {
    return cases().stream().filter(each -> !each.equals("unnamed")).toList();
  }

  /** Of a module that requires nothing but the runtime and what its own code names. */
  @ParameterizedTest
  @MethodSource("casesForModules")
  void compilesInAModuleWithoutAWarning(String name, @TempDir Path folder) throws IOException {
    List<String> sources = sources(name);
    String all = String.join("\n", sources);
    StringBuilder module = new StringBuilder("module golden {\n  requires dev.poolwright;\n");
    Map.of("com.google.guice", "com.google.inject", "org.jspecify", "org.jspecify")
        .forEach(
            (required, imported) -> {
              if (all.contains("import " + imported)) {
                module.append("  requires " + required + ";\n");
              }
            });
    PACKAGE
        .matcher(all)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .forEach(each -> module.append("  exports " + each + ";\n"));
    String catalogues =
        read(GOLDEN.resolve(name).resolve("out")).entrySet().stream()
            .filter(each -> each.getKey().endsWith("_PoolCatalogue.java"))
            .map(each -> packageOf(each.getValue()) + "." + each.getKey().replace(".java", ""))
            .collect(joining(", "));
    if (!catalogues.isEmpty()) {
      module.append("  provides dev.poolwright.spi.PoolCatalogue with " + catalogues + ";\n");
    }
    CompilerRun run =
        new CompilerRun(folder)
            .options("--module-path", CompilerRun.MODULES, "-Xlint:all,-processing")
            .source(module + "}\n");
    sources.forEach(run::source);

    Outcome outcome = run.run();

    assertThat(outcome.isSuccess()).as(outcome.messages().toString()).isTrue();
    assertThat(outcome.messages())
        .filteredOn(said -> said.file().matches(".*(/Async\\w+|_PoolCatalogue)\\.java"))
        .isEmpty();
  }

  private static String packageOf(String text) {
    return PACKAGE.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  private static Map<String, String> written(List<String> sources) throws IOException {
    Compiled compiled = Compiled.with(STRICT, sources.toArray(new String[0])).clean();
    Map<String, String> written = new TreeMap<>();
    for (JavaFileObject file : compiled.generatedSources()) {
      String path = file.getName();
      written.put(path.substring(path.lastIndexOf('/') + 1), file.getCharContent(false).toString());
    }
    return written;
  }

  private static Map<String, String> read(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}

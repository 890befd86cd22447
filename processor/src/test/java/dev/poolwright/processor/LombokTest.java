package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our processors and Lombok, which changes classes while we read them, in one compilation. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class LombokTest {

  private static final String PATH = System.getProperty("java.class.path");
  private static final String LOMBOK =
      System.getProperty(
          "lombok.jar",
          System.getProperty("user.home")
              + "/.m2/repository/org/projectlombok/lombok/1.18.42/lombok-1.18.42.jar");
  private static final List<String> SOURCES =
      List.of(
          """
          @RequiredArgsConstructor
          public class Crawler {
            private final String name;
            @Async String get(@NonNull String... urls) { return name; }
            @Async byte @NonNull [] read(@NonNull byte[] text) { return text; }
          }
          """,
          """
          @AllArgsConstructor @NoArgsConstructor
          public class Free {
            private String name;
            @Async @SneakyThrows String get(String url) { return name; }
          }
          """,
          """
          @Data @Async
          public class Page {
            private final String text;
            private int number;
            String trimmed() { return text.strip(); }
          }
          """,
          """
          @UtilityClass
          public class Maths {
            @Async(pool = "far", kind = PoolKind.PROCESS) int half(int number) { return number / 2; }
          }
          """,
          """
          @Builder
          public class Built {
            private final String name;
            @Async(pool = "io", maxWorkers = 2) Built get(Built other) { return other; }
          }
          """);

  @TempDir Path folder;

  @BeforeEach
  void writesTheSources() throws IOException {
    for (String source : SOURCES) {
      String text =
          "package demo;\nimport dev.poolwright.annotation.*;\nimport lombok.*;\n"
              + "import lombok.experimental.UtilityClass;\n"
              + source;
      Path file = folder.resolve(CompilerRun.fileOf(text));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  @Test
  void writesTheSameProxiesInBothOrders() throws Exception {
    Map<String, String> before = proxies("before", LOMBOK + File.pathSeparator + PATH);
    Map<String, String> after = proxies("after", PATH + File.pathSeparator + LOMBOK);

    assertThat(after).isEqualTo(before);
    assertThat(before.get("AsyncCrawler.java")).doesNotContain("Crawler::new");
    assertThat(before.get("AsyncFree.java")).contains("Free::new");
    assertThat(before.get("AsyncMaths.java")).contains("Maths.half(number)");
  }

  /** What a compiler of its own writes, which warns of nothing. */
  private Map<String, String> proxies(String name, String processors) throws Exception {
    Path out = Files.createDirectories(folder.resolve(name).resolve("out"));
    Path written = Files.createDirectories(folder.resolve(name).resolve("sources"));
    Path said = folder.resolve(name).resolve("log");
    Process javac =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-Xlint:all,-processing,-options",
                "-Werror",
                "-d",
                out.toString(),
                "-s",
                written.toString(),
                "-cp",
                PATH + File.pathSeparator + LOMBOK,
                "-processorpath",
                processors,
                "@" + sources())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(javac.waitFor()).as(Files.readString(said)).isZero();
    Map<String, String> proxies = new TreeMap<>();
    try (Stream<Path> files = Files.walk(written)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        proxies.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return proxies;
  }

  private Path sources() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("demo"))) {
      List<String> names = files.map(file -> "\"" + file + "\"").sorted().toList();
      return Files.write(folder.resolve("sources.txt"), names, StandardCharsets.UTF_8);
    }
  }
}

package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.body.BodyNote;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The processors under the compiler of Eclipse, which shows them no bodies. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EcjTest {

  private static final String CRAWLER =
      """
      package demo;
      import dev.poolwright.annotation.*;
      @ThreadPool(name = "io", maxWorkers = 4)
      @ThreadPool(name = "db", maxWorkers = 2)
      @ProcessPool(name = "far")
      public class Crawler {
        @Async(pool = "io") String get(String url) { return url; }
        @Async(pool = "db") <T extends Comparable<T>> T put(T page, int... ids) { return page; }
        @Callback("get") void got(String page) {}
        void direct() { get(""); }
      }
      """;
  private static final String PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @BeforeEach
  void writesTheSource() throws IOException {
    write("Crawler", CRAWLER);
  }

  @Test
  void generatesProxiesAndSaysOnceThatBodiesAreHidden() throws IOException {
    var said = compile();

    assertThat(said).containsExactly("note 0 " + BodyNote.TEXT);
    assertThat(folder.resolve("out/demo/AsyncCrawler$Get.class")).exists();
    assertThat(folder.resolve("out/demo/Crawler_PoolCatalogue.class")).exists();
    assertThat(folder.resolve("out/META-INF/services/dev.poolwright.spi.PoolCatalogue"))
        .hasContent("demo.Crawler_PoolCatalogue");
  }

  @Test
  void saysWhatIsWrongAtItsLine() throws IOException {
    write(
        "Wrong",
        """
        package demo;
        import dev.poolwright.annotation.*;
        class Wrong {
          @Async private void get() {}
          @Async(pool = "oi")
          void put() {}
          @Async(pool = "far") static Thread far() { return null; }
          @Callback("gett")
          void got() {}
        }
        """);

    assertThat(compile())
        .extracting(said -> said.replaceFirst("^(\\w+ \\d+ (\\[\\w+])?).*", "$1"))
        .containsExactlyInAnyOrder(
            "note 0 ",
            "error 4 [AsyncPrivateMethod]",
            "error 5 [AsyncUnknownPool]",
            "error 7 [AsyncCannotTravel]",
            "error 8 [CallbackUnknownMethod]");
  }

  static List<DiagnosticCase> mistakes() throws IOException {
    return DiagnosticCase.all().stream().filter(each -> !each.isNearMiss()).toList();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysEachMistakeSomewhere(DiagnosticCase mistake) throws IOException {
    Files.delete(folder.resolve("demo/Crawler.java"));
    write("Probed", mistake.source(DiagnosticPlacesTest.IMPORTS));
    write("Aside", DiagnosticPlacesTest.ASIDE);

    assertThat(compile())
        .filteredOn(said -> said.contains(" ["))
        .allMatch(said -> said.matches("(?s)\\w+ [1-9].*"));
  }

  /** As in a JVM of an IDE that has no javac at all. */
  @Test
  void worksWhereThereIsNoJavac() throws Exception {
    String ecj =
        Path.of(EclipseCompiler.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules",
            "java.se",
            "-cp",
            ecj,
            "org.eclipse.jdt.internal.compiler.batch.Main",
            "-17",
            "-d",
            folder.resolve("out").toString(),
            "-s",
            folder.resolve("sources").toString(),
            "-cp",
            PATH,
            "-processorpath",
            PATH,
            folder.resolve("demo/Crawler.java").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("INFO: " + BodyNote.TEXT).contains("1 problem (1 info)");
    assertThat(folder.resolve("out/demo/AsyncCrawler.class")).exists();
  }

  private void write(String type, String text) throws IOException {
    Path file = folder.resolve("demo/" + type + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What it says, as {@code "error 4 text"}. */
  private List<String> compile() throws IOException {
    var compiler = new EclipseCompiler();
    var collector = new DiagnosticCollector<JavaFileObject>();
    var log = new StringWriter();
    Files.createDirectories(folder.resolve("out"));
    Files.createDirectories(folder.resolve("sources"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      List<File> sources = new ArrayList<>();
      try (var found = Files.list(folder.resolve("demo"))) {
        found.sorted().forEach(each -> sources.add(each.toFile()));
      }
      var task =
          compiler.getTask(
              new PrintWriter(log),
              files,
              collector,
              List.of(
                  "-17",
                  "-d",
                  folder.resolve("out").toString(),
                  "-s",
                  folder.resolve("sources").toString(),
                  "-cp",
                  PATH),
              null,
              files.getJavaFileObjectsFromFiles(sources));
      task.setProcessors(List.of(new AsyncProcessor(), new PoolCatalogueProcessor()));
      task.call();
    }
    return collector.getDiagnostics().stream().map(EcjTest::text).toList();
  }

  private static String text(Diagnostic<?> said) {
    String kind = said.getKind() == Diagnostic.Kind.OTHER ? "note" : said.getKind().name();
    return kind.toLowerCase(Locale.ROOT)
        + " "
        + said.getLineNumber()
        + " "
        + said.getMessage(Locale.ROOT);
  }
}

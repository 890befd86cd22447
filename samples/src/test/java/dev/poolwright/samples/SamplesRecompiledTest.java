package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.AsyncProcessor;
import dev.poolwright.processor.PoolCatalogueProcessor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each file of the samples compiles alone against the rest, as incremental builds do it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SamplesRecompiledTest {

  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  @TempDir Path folder;

  @Test
  void saysNothingFalseOfAnyFileAlone() throws IOException {
    List<Path> sources = sources();
    Path all = folder.resolve("all");
    assertThat(compile(all, "", sources)).isEmpty();

    for (Path source : sources) {
      Path beside = folder.resolve("beside-" + source.getFileName());
      assertThat(compile(beside, all + File.pathSeparator, List.of(source))).isEmpty();
      assertThat(compile(all, all + File.pathSeparator, List.of(source))).isEmpty();
    }
  }

  private static List<Path> sources() throws IOException {
    Path main = Repository.root().resolve("samples/src/main/java");
    try (Stream<Path> files = Files.walk(main)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Gives what the compiler says. */
  private static List<String> compile(Path output, String before, List<Path> sources)
      throws IOException {
    Files.createDirectories(output);
    List<String> options =
        List.of(
            "-d",
            output.toString(),
            "-implicit:none",
            "-Xlint:all,-processing",
            "-Werror",
            "-classpath",
            before + Repository.classPathWithout(Main.class));
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(said, Locale.ROOT, null)) {
      JavaCompiler.CompilationTask task =
          JAVAC.getTask(
              null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(new AsyncProcessor(), new PoolCatalogueProcessor()));
      boolean isSuccess = task.call();
      List<String> messages = said.getDiagnostics().stream().map(Diagnostic::toString).toList();
      assertThat(isSuccess).as("%s", messages).isTrue();
      return messages;
    }
  }
}

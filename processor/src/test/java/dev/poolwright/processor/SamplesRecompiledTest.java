package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.processor.CompilerRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each file of the samples compiles alone against the rest, as incremental builds do it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SamplesRecompiledTest {

  private static final Path SAMPLES = Path.of("..", "samples", "src", "main", "java");

  @TempDir Path folder;

  @Test
  void saysNothingFalseOfAnyFileAlone() throws IOException {
    List<String> sources = sources();
    Path all = folder.resolve("all");
    CompilerRun whole = run(all);
    sources.forEach(whole::source);
    Outcome together = whole.run();
    assertThat(together.messages()).isEmpty();

    for (int i = 0; i < sources.size(); i++) {
      String name = CompilerRun.fileOf(sources.get(i));
      Outcome beside =
          run(folder.resolve("beside" + i)).classPath(all).source(sources.get(i)).run();
      assertThat(beside.messages()).as(name).isEmpty();
      Outcome inPlace = run(all).classPath(all).source(sources.get(i)).run();
      assertThat(inPlace.messages()).as(name).isEmpty();
    }
  }

  private static CompilerRun run(Path output) {
    return new CompilerRun(output).options("-Xlint:all,-processing", "-Werror");
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(SamplesRecompiledTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated code as text; {@code -Dgolden.update=true} writes it anew. */
@Timeout(60)
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static List<String> cases() throws IOException {
    try (Stream<Path> directories = Files.list(GOLDEN)) {
      return directories.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesTheSameText(String name) throws IOException {
    Compiled compiled =
        Compiled.of(read(GOLDEN.resolve(name).resolve("in")).values().toArray(new String[0]));
    compiled.clean();
    Map<String, String> written = new TreeMap<>();
    for (JavaFileObject file : compiled.generatedSources()) {
      String path = file.getName();
      written.put(path.substring(path.lastIndexOf('/') + 1), file.getCharContent(false).toString());
    }
    Path out = GOLDEN.resolve(name).resolve("out");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(out);
      for (Map.Entry<String, String> each : written.entrySet()) {
        Files.writeString(out.resolve(each.getKey()), each.getValue());
      }
    }
    assertThat(written).isEqualTo(read(out));
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

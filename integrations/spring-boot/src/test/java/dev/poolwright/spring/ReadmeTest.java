package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of the README is that of the example, which is built and run. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class ReadmeTest {

  private static final Path EXAMPLE = Path.of("../../examples/spring-boot/src/main/java/example");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void eachBlockStandsInTheExample() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name : List.of("Feeds", "Api")) {
      sources.append(unindented(Files.readString(EXAMPLE.resolve(name + ".java"))));
    }
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(each -> unindented(each.group(1)))
            .toList();
    assertThat(blocks).hasSize(3).allSatisfy(each -> assertThat(sources).contains(each));
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "").strip() + "\n";
  }
}

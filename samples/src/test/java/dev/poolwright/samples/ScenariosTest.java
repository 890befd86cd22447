package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Holds {@code docs/scenarios.md} to the tests. Run with {@code -Dscenarios.update=true} to write
 * the table anew.
 */
@Timeout(60)
final class ScenariosTest {

  private static final String HEAD = "| number | scenario | test |";

  @Test
  void listsEachNumberedTest() throws IOException {
    Path document = Repository.root().resolve("docs/scenarios.md");
    List<String> rows = Scenario.all().stream().map(Scenario::row).toList();

    if (Boolean.getBoolean("scenarios.update")) {
      Files.writeString(document, withRows(Files.readString(document), rows));
    }

    assertThat(Files.readAllLines(document).stream().filter(line -> line.matches("\\| \\d.*")))
        .as("%s; -Dscenarios.update=true writes it anew", document)
        .containsExactlyElementsOf(rows);
  }

  private static String withRows(String document, List<String> rows) {
    String before = document.substring(0, document.indexOf(HEAD));
    return before + HEAD + "\n| ---: | --- | --- |\n" + String.join("\n", rows) + "\n";
  }
}

package dev.poolwright.samples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds {@code docs/scenarios.md} to the tags of the tests. */
@Timeout(60)
final class ScenariosTest {

  private static final int LAST = 280;
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"scenario-(\\d+)\"\\)");
  private static final Pattern NUMBERED_NAME =
      Pattern.compile("@DisplayName\\(\\s*\"\\d+(, ?\\d+)*: ");

  private static List<String> tests() throws IOException {
    List<String> sources = new ArrayList<>();
    for (Path file : Repository.files(Repository.root())) {
      if (file.toString().contains("src/test/java") && file.toString().endsWith(".java")) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  @Test
  void namesThoseThatNoTestShows() throws IOException {
    Set<Integer> shown = new TreeSet<>();
    for (String source : tests()) {
      TAG.matcher(source).results().forEach(tag -> shown.add(Integer.valueOf(tag.group(1))));
    }
    String missing =
        IntStream.rangeClosed(1, LAST)
            .filter(number -> !shown.contains(number))
            .mapToObj(Integer::toString)
            .collect(joining(", "));

    assertThat(shown).hasSizeGreaterThan(100).allMatch(number -> number <= LAST);
    assertThat(Files.readString(Repository.root().resolve("docs/scenarios.md")))
        .endsWith("\n" + missing + "\n");
  }

  @Test
  void namesOfTestsAreSentences() throws IOException {
    assertThat(tests()).noneMatch(source -> NUMBERED_NAME.matcher(source).find());
  }
}

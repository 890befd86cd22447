package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the documentation to the code. Each block of Java begins with a comment that names a source
 * of this module, {@code <!-- code: readme/Crawler.java -->}, an integration or an example; what
 * stands between lines of {@code ...} must stand there as well, line by line, whatever the
 * indentation.
 */
@Timeout(60)
final class DocumentationTest {

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("dev.poolwright.samples.Repository#documents")
  void showsOnlyCodeThatIsCompiled(Path document) throws IOException {
    for (CodeBlock block : CodeBlock.in(document)) {
      List<String> source = lines(Repository.source(block.source()));
      int from = 0;
      for (List<String> piece : pieces(block.lines())) {
        int found = Collections.indexOfSubList(source.subList(from, source.size()), piece);
        assertThat(found)
            .as("%s, line %d: %s has no%n%s", document, block.line(), block.source(), piece)
            .isNotNegative();
        from += found + piece.size();
      }
    }
  }

  /** Where it is broken into lines, and the comments between, count for nothing. */
  @Test
  void showsInJavadocOnlyCodeThatIsCompiled() throws IOException {
    List<String> compiled = new ArrayList<>();
    for (Path source : Repository.compiled()) {
      compiled.add(CodeBlock.oneLine(COMMENT.matcher(Files.readString(source)).replaceAll(" ")));
    }
    List<String> blocks = new ArrayList<>();
    for (Path source : Repository.published()) {
      blocks.addAll(CodeBlock.inJavadoc(source));
    }

    assertThat(blocks)
        .hasSizeGreaterThan(15)
        .allMatch(block -> compiled.stream().anyMatch(code -> hasPieces(code, block)));
  }

  private static boolean hasPieces(String code, String block) {
    int from = 0;
    for (String piece : block.split("\\.\\.\\.", -1)) {
      int found = code.indexOf(piece.strip(), from);
      if (found < 0) {
        return false;
      }
      from = found + piece.strip().length();
    }
    return true;
  }

  /** Rewritten with {@code -Ddocs.update=true}. */
  @Test
  void listsEverySettingAsTheCodeHasIt() throws IOException {
    Path page = Repository.root().resolve("docs/settings.md");
    List<String> lines = new ArrayList<>(Files.readAllLines(page));
    int begin = lines.indexOf("<!-- begin: settings -->") + 1;
    List<String> table = lines.subList(begin, lines.indexOf("<!-- end: settings -->"));
    if (Boolean.getBoolean("docs.update")) {
      table.clear();
      table.addAll(SettingsTable.lines());
      Files.write(page, lines);
    }

    assertThat(table).containsExactlyElementsOf(SettingsTable.lines());
  }

  @Test
  void showsTheFirstProjectAsItIsBuilt() throws IOException {
    Map<String, String> files = CodeBlock.files(Repository.root().resolve("README.md"));

    assertThat(files)
        .containsOnlyKeys(
            "examples/first/src/main/java/example/First.java", "examples/first/pom.xml");
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(Repository.root().resolve(file.getKey())).hasContent(file.getValue());
    }
  }

  @Test
  void hasEveryInternalFileOnTheMap() throws IOException {
    String map = Files.readString(Repository.root().resolve("docs/design.md"));
    Set<String> words = Set.copyOf(List.of(map.split("[^A-Za-z0-9]+", -1)));

    assertThat(Repository.internal())
        .hasSizeGreaterThan(300)
        .extracting(file -> file.getFileName().toString().replace(".java", ""))
        .filteredOn(name -> !name.equals("package-info") && !words.contains(name))
        .isEmpty();
  }

  @Test
  void isReadInFiveMinutes() throws IOException {
    String readme = Files.readString(Repository.root().resolve("README.md"));

    assertThat(readme.split("\\s+")).hasSizeLessThanOrEqualTo(1500);
  }

  private static List<List<String>> pieces(List<String> lines) {
    List<List<String>> pieces = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : lines) {
      if (line.equals("...")) {
        pieces.add(new ArrayList<>());
      } else {
        pieces.get(pieces.size() - 1).add(line);
      }
    }
    return pieces;
  }

  private static List<String> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }
}

package dev.poolwright.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.markup.AnnotatedText;
import org.languagetool.markup.AnnotatedTextBuilder;
import org.languagetool.rules.Rule;
import org.languagetool.rules.RuleMatch;
import org.languagetool.rules.spelling.SpellingCheckRule;

/**
 * Reads the documentation as LanguageTool does: spelling and grammar. Words of the field are in
 * {@code words.txt}. Code, links and tables are not prose.
 */
@Timeout(300)
final class ProseTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final PathMatcher UNREAD =
      FileSystems.getDefault()
          .getPathMatcher("glob:**/{target,.git,golden,decisions,node_modules}/**");

  /** A name in code, and what is no sentence. */
  private static final Pattern CODE = Pattern.compile("`[^`]+`|\\b\\w*[a-z][A-Z]\\w*");

  private static final Pattern MARKUP =
      Pattern.compile(
          "(?ms)^ *```.*?^ *```|<!--.*?-->|\\]\\([^)]*\\)|[\\[\\]]|^\\|.*?$|[*]{2}|^#+ |^ *- |"
              + CODE);

  /** What misreads code in the place of a word, or is a matter of taste. */
  private static final List<String> OFF =
      List.of(
          "EN_A_VS_AN",
          "ENGLISH_WORD_REPEAT_BEGINNING_RULE",
          "ENGLISH_WORD_REPEAT_RULE",
          "UPPERCASE_SENTENCE_START",
          "HAVE_PART_AGREEMENT",
          "REPEATED_VERBS",
          "KIND_OF_A",
          "NOUN_AROUND_IT",
          "COMMA_COMPOUND_SENTENCE_2",
          "LICENCE_LICENSE_NOUN_SINGULAR",
          "WHITESPACE_RULE",
          "EN_UNPAIRED_BRACKETS",
          "MISSING_COMMA_AFTER_INTRODUCTORY_PHRASE",
          "CD_NN",
          "MANY_NN",
          "A_INFINITIVE",
          "ID_CASING",
          "POSSESSIVE_APOSTROPHE",
          "SENTENCE_WHITESPACE",
          "LC_AFTER_PERIOD",
          "DID_BASEFORM",
          "UNNECESSARY_COMMA",
          "QUESTION_MARK");

  @Test
  void findsNoMistake() throws IOException {
    JLanguageTool tool = new JLanguageTool(Languages.getLanguageForShortCode("en-GB"));
    tool.disableRules(OFF);
    List<String> words = Files.readAllLines(Path.of("src/test/resources/words.txt"));
    for (Rule rule : tool.getAllActiveRules()) {
      if (rule instanceof SpellingCheckRule spelling) {
        spelling.addIgnoreTokens(words);
      }
    }

    List<String> mistakes = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (RuleMatch match : tool.check(prose(text))) {
        mistakes.add(
            "%s:%d: \"%s\": %s (%s)"
                .formatted(
                    ROOT.relativize(document),
                    text.substring(0, match.getFromPos()).lines().count(),
                    text.substring(match.getFromPos(), match.getToPos()),
                    match.getMessage(),
                    match.getRule().getId()));
      }
    }

    assertThat(mistakes).isEmpty();
  }

  private static AnnotatedText prose(String text) {
    AnnotatedTextBuilder prose = new AnnotatedTextBuilder();
    Matcher markup = MARKUP.matcher(text);
    int end = 0;
    while (markup.find()) {
      prose.addText(text.substring(end, markup.start()));
      boolean isCode = CODE.matcher(markup.group()).matches();
      prose.addMarkup(markup.group(), isCode ? "Name" : "");
      end = markup.end();
    }
    return prose.addText(text.substring(end)).build();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !UNREAD.matches(file))
          .sorted()
          .toList();
    }
  }
}

package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The options that show what a sample does. */
@Timeout(120)
final class SightTest {

  @TempDir private Path folder;

  @Test
  void writesAPictureOfTheRun() throws IOException {
    Path picture = folder.resolve("run.html");

    SampleRun run = SampleRun.of("crawl", "--timeline", picture.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("17 pages in", "See " + picture.toUri());
    assertThat(picture).content().contains("Fetcher.fetch", "crawl-1");
    assertThat(folder.resolve("run.json")).content().contains("traceEvents", "Fetcher.fetch");
  }

  /** Looks at the page whenever the sample waits for a key. */
  private static final class Looker extends Reader {
    private final StringWriter out;
    final List<String> pages = new ArrayList<>();

    Looker(StringWriter out) {
      this.out = out;
    }

    @Override
    public int read(char[] text, int from, int length) throws IOException {
      Matcher address = Pattern.compile("http://127\\S+/").matcher(out.toString());
      assertThat(address.find()).isTrue();
      URL url = URI.create(address.group()).toURL();
      pages.add(new String(url.openStream().readAllBytes(), StandardCharsets.UTF_8));
      text[from] = '\n';
      return 1;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @Test
  void showsThePageUntilSomebodyHasSeenEnough() throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    Looker looker = new Looker(out);

    int exitCode =
        Main.run(
            new BufferedReader(looker), writer, writer, Progress.lines(writer), "map", "--console");

    assertThat(exitCode).isZero();
    assertThat(looker.pages).hasSize(2).allMatch(page -> page.contains("<h1>Poolwright</h1>"));
    assertThat(out.toString())
        .containsSubsequence("press Enter to begin", "10 squared is 100", "Press Enter to end.");
  }

  @Test
  void helpWaitsForNobody() {
    SampleRun run = SampleRun.of("map", "--console", "--help");

    assertThat(run.out()).contains("--console", "--timeline=FILE").doesNotContain("Enter to end");
  }
}

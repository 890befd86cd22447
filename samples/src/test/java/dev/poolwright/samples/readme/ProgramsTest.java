package dev.poolwright.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of the README. */
@Timeout(60)
final class ProgramsTest {

  @TempDir Path directory;
  private String url;

  @BeforeEach
  void writePage() throws IOException {
    url = Files.writeString(directory.resolve("page.html"), "hello").toUri().toString();
  }

  @Test
  void runsTheFirstProgram() {
    Crawler crawler = new Crawler();

    assertThat(FirstProgram.run(crawler, url)).isEqualTo(5);
    assertThat(crawler.saved).containsKey(url);
  }

  @Test
  void runsWithGuice() {
    assertThat(GuiceProgram.run(url)).isEqualTo(5);
  }

  @Test
  void observesOutcomes() {
    try (Pools pools = Pools.builder().build()) {
      Outcomes outcomes =
          new Outcomes(new AsyncCrawler(new Crawler(), pools), pools.pool("default"));

      assertThat(outcomes.observe(url).join()).isEqualTo(5);
      assertThat(outcomes.observe("file:/no/such/page").join()).isZero();
      assertThat(outcomes.hurry(url).join().body()).isEqualTo("hello");
      assertThat(outcomes.byHand().join()).isEqualTo("any lambda will do");
    }
  }

  @Test
  void mapsOverManyInputs() throws InterruptedException {
    try (Pools pools = Pools.builder().build()) {
      Batches batches = new Batches(new AsyncCrawler(new Crawler(), pools), pools.pool("default"));

      assertThat(batches.lengths(List.of(url, url))).isEqualTo(10);
      assertThat(batches.endings(List.of(url, "file:/no/such/page"))).isEqualTo(1);
      AtomicLong done = new AtomicLong();
      assertThat(batches.inTime(List.of(url, url), now -> done.set(now.done())).toList())
          .hasSize(2);
      while (done.get() < 2) {
        LockSupport.parkNanos(100_000);
      }
      assertThat(batches.squares(List.of(1, 2, 3))).containsExactly(1, 4, 9);
      assertThat(batches.firstOf(url, url)).isBetween(1, 2);
    }
  }

  @Test
  @Tag("scenario-44")
  @DisplayName("a generated batch of two parameters ends with the shorter list")
  void searches() {
    try (Pools pools = Pools.builder().build()) {
      Searching searching = new Searching(new AsyncSearch(new Search(), pools));
      List<String> texts = List.of("a lot of fish", "a fish", "a ship");

      assertThat(searching.count("fish", texts).join()).isEqualTo(2);
      assertThat(searching.countEach(List.of("fish", "ship", "quay"), List.of(texts, texts)))
          .containsExactly(2, 1);
    }
  }
}

package dev.poolwright.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CrawlerTest {

  @TempDir Path directory;

  @Test
  void savesWhatItGets() throws Exception {
    Path file = Files.writeString(directory.resolve("page.html"), "hello");
    Crawler crawler = new Crawler();

    AsyncCrawler async = new AsyncCrawler(crawler, Pools.direct());
    Page page = async.get(file.toUri().toString()).join();

    assertThat(page.body()).isEqualTo("hello");
    assertThat(crawler.saved).containsKey(page.url());
  }
}

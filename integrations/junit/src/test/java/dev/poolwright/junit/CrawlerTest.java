package dev.poolwright.junit;

import static dev.poolwright.junit.PoolwrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of a service as users write them; Javadoc shows its code. */
@Timeout(60)
@ExtendWith(PoolsExtension.class)
final class CrawlerTest {

  @Test
  void savesWhatItGets(ManualPools pools) {
    Crawler crawler = new Crawler();
    Task<String> page = new AsyncCrawler(crawler, pools).get("a");
    assertThat(page).isQueued();
    pools.runNext();
    assertThat(page).hasSucceeded();
    assertThat(crawler.saved).containsExactly("page of a");
  }
}

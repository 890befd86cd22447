package dev.poolwright.samples.readme;

import dev.poolwright.Pools;
import dev.poolwright.Task;

final class FirstProgram {

  private FirstProgram() {}

  static int run(Crawler userCrawler, String url) {
    try (Pools pools = Pools.builder().build()) {
      AsyncCrawler crawler = new AsyncCrawler(userCrawler, pools);
      Task<Page> page = crawler.get(url); // returns at once
      return page.join().body().length();
    }
  }
}

package demo;

import static dev.poolwright.annotation.PoolKind.PROCESS;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import java.io.IOException;

public final class Crawler {

  /**
   * Fetches a page, as {@link #summarise(Page)} likes it.
   *
   * @param url where it is,
   *     absolute
   * @return the page
   * @throws IOException when there is none
   */
  @Async(pool = "io", maxWorkers = 4, timeout = "10s")
  Page get(String url) throws IOException {
    return new Page(url);
  }

  @Async(pool = "cpu", kind = PROCESS)
  static Summary summarise(Page page) {
    return new Summary(page.url());
  }

  @Async
  @Deprecated
  int count(Summary summary, long limit) {
    return summary.text().length();
  }

  @Callback("get")
  void save(Page page) {}

  @Callback
  void failed(Throwable failure) {}
}

package dev.poolwright.samples.readme;

import dev.poolwright.CallOption;
import dev.poolwright.Pool;
import dev.poolwright.Task;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What one does with a task. */
final class Outcomes {

  private final AsyncCrawler crawler;
  private final Pool pool;

  Outcomes(AsyncCrawler crawler, Pool pool) {
    this.crawler = crawler;
    this.pool = pool;
  }

  CompletableFuture<Integer> observe(String url) {
    Task<Page> page = crawler.get(url);
    page.onDone(done -> System.out.println(done.name() + ": " + done.status()));
    Task<Integer> length = page.thenApply(p -> p.body().length());
    return length.exceptionally(failure -> 0);
  }

  Task<Page> hurry(String url) {
    return crawler.with(CallOption.timeout(Duration.ofSeconds(2))).get(url);
  }

  Task<String> byHand() {
    return pool.submit(() -> "any lambda will do");
  }
}

package dev.poolwright.spring;

import dev.poolwright.annotation.Async;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;

/** Calls itself by its proxy. */
class Crawler {

  private final ObjectProvider<AsyncCrawler> proxy;

  Crawler(ObjectProvider<AsyncCrawler> proxy) {
    this.proxy = proxy;
  }

  @Async
  CompletableFuture<Integer> depth(int links) {
    return links == 0
        ? CompletableFuture.completedFuture(0)
        : proxy.getObject().depth(links - 1).thenApply(depth -> depth + 1);
  }
}

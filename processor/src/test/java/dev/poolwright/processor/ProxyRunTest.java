package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compiles classes as users write them, and runs their proxies. */
@Timeout(60)
class ProxyRunTest {

  @Test
  void submitsInstanceAndStaticMethods() throws Exception {
    Compiled compiled =
        Compiled.of(
                """
                package demo;
                import dev.poolwright.*;
                import dev.poolwright.annotation.*;
                public final class Crawler {
                  @Async(pool = "io", maxWorkers = 4, timeout = "10s")
                  String get(String url) throws java.io.IOException { return "page of " + url; }
                  @Async static int length(String page) { return page.length(); }
                  public static String run(Pools pools) {
                    AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
                    Task<String> page = crawler.get("x");
                    return page.name() + " " + page.join() + crawler.length("four").join();
                  }
                }
                """)
            .clean();
    try (Pools pools = Pools.direct()) {
      assertThat(compiled.run("demo.Crawler", pools)).isEqualTo("Crawler.get(String) page of x4");
    }
  }
}

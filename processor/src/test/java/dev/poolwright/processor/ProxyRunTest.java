package dev.poolwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compiles classes as users write them, and runs their proxies. */
@Timeout(60)
class ProxyRunTest {

  @Test
  void submitsInstanceAndStaticMethods() throws Exception {
    InlinePools pools = new InlinePools();
    Object result =
        Compiled.of(
                """
                package demo;
                import dev.poolwright.Pools;
                import dev.poolwright.annotation.*;
                public final class Crawler {
                  @Async(pool = "io", maxWorkers = 4, timeout = "10s")
                  String get(String url) throws java.io.IOException { return "page of " + url; }
                  @Async static int length(String page) { return page.length(); }
                  public static String run(Pools pools) {
                    AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
                    return crawler.get("x").join() + crawler.length("four").join();
                  }
                }
                """)
            .clean()
            .run("demo.Crawler", pools.pools());
    assertThat(result).isEqualTo("page of x4");
    assertThat(pools.submitted())
        .isEqualTo(List.of("Crawler.get(String)", "Crawler.length(String)"));
    assertThat(pools.opened().get(0).timeout()).hasToString("Optional[PT10S]");
    assertThat(pools.opened().get(0).pool()).isEqualTo("io");
  }
}

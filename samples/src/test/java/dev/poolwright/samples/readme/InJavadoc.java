package dev.poolwright.samples.readme;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.console.Console;
import dev.poolwright.console.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** What the Javadoc of public types shows, where nothing else here shows it. */
final class InJavadoc {

  private InJavadoc() {}

  static List<PoolConfig> configurations() {
    return List.of(
        ThreadPoolConfig.named("io").maxWorkers(4).queueCapacity(100),
        VirtualPoolConfig.named("io").maxWorkers(2_000).queueCapacity(100),
        ProcessPoolConfig.named("cpu").maxWorkers(4).queueCapacity(100),
        ClusterPoolConfig.named("render")
            .cluster("orders-v42")
            .noWorkerTimeout(Duration.ofMinutes(2)));
  }

  static int owned(String url) {
    try (Pools pools = Pools.builder().build()) {
      AsyncCrawler crawler = new AsyncCrawler(new Crawler(), pools);
      return crawler.get(url).join().body().length();
    }
  }

  static Task<Integer> hurried(Pool pool, Callable<Integer> work) {
    return pool.with(CallOption.timeout(Duration.ofSeconds(2))).submit(work);
  }

  static Batch<Page> packed(AsyncCrawler crawler, List<String> urls) {
    return crawler.getAll(urls, MapOption.chunkSize(10), MapOption.timeout(Duration.ofMinutes(1)));
  }

  static int watched(String url) throws IOException {
    try (Pools pools = Pools.builder().build();
        Console console = Console.start(pools, 8090)) {
      System.out.println("Open " + console.uri());
      return pools.pool("io").submit(url::length).join();
    }
  }

  static void recorded(Pools pools) throws IOException {
    try (Timeline timeline = Timeline.record(pools, Path.of("run.html"))) {
      System.out.println("See " + timeline.page());
    }
  }
}

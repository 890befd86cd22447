package dev.poolwright.samples.readme;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.guice.PoolwrightModule;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;

final class GuiceProgram {

  private GuiceProgram() {}

  static int run(String url) {
    Injector injector =
        Guice.createInjector(
            new PoolwrightModule(
                pools -> pools.pool(ThreadPoolConfig.named("io").queueCapacity(100))));
    Pools pools = injector.getInstance(Pools.class);
    try {
      return injector.getInstance(Report.class).length(url);
    } finally {
      pools.close(Duration.ofSeconds(30));
    }
  }

  static final class Report {
    private final AsyncCrawler crawler;
    private final Pool io;

    @Inject
    Report(AsyncCrawler crawler, @Named("io") Pool io) {
      this.crawler = crawler;
      this.io = io;
    }

    int length(String url) {
      int length = crawler.get(url).join().body().length();
      System.out.println(io.stats());
      return length;
    }
  }
}

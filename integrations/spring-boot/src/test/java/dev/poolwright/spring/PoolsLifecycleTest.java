package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pools end with the application context, and before what their tasks use. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PoolsLifecycleTest {

  @Test
  void whatWasAcceptedFinishesBeforeWhatItUsesIsGone() throws Exception {
    Database database;
    List<Task<String>> rows = new ArrayList<>();
    try (ConfigurableApplicationContext context = run(Application.class)) {
      database = context.getBean(Database.class);
      Pool pool = context.getBean(Pools.class).pool("greetings");
      for (int i = 0; i < 200; i++) {
        rows.add(pool.submit(database::row));
      }
    }
    assertThat(database.isClosed).isTrue();
    for (Task<String> row : rows) {
      assertThat(row.get()).isEqualTo("row");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(PoolwrightAutoConfiguration.class)
  static class Application {
    @Bean
    Database database() {
      return new Database();
    }
  }

  /** Fails those who use it when it is closed. */
  static final class Database implements AutoCloseable {
    private volatile boolean isClosed;

    String row() throws InterruptedException {
      Thread.sleep(1); // a query
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      return "row";
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  @Test
  void whatIsLeftAfterTheGraceIsStopped() {
    CountDownLatch never = new CountDownLatch(1);
    Task<?> stuck;
    try (ConfigurableApplicationContext context =
        run(Application.class, "--poolwright.grace=50ms")) {
      stuck =
          context
              .getBean(Pools.class)
              .pool("greetings")
              .submit(() -> never.await(1, TimeUnit.HOURS));
    }
    assertThatThrownBy(stuck::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void theContextMayBeClosedByATask() throws Exception {
    ConfigurableApplicationContext context = run(Application.class);
    Pools pools = context.getBean(Pools.class);
    pools
        .pool("greetings")
        .submit(
            () -> {
              context.close();
              return null;
            })
        .get();
    assertThat(pools.awaitTermination(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aRestartLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 2; i++) {
      try (ConfigurableApplicationContext context = run(Application.class)) {
        context.getBean(Pools.class).pool("greetings").submit(() -> "done").get();
      }
      assertThat(ours()).isSubsetOf(before);
    }
  }

  @Test
  void aStartThatFailsLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThatThrownBy(() -> run(Broken.class, "--poolwright.pools.greetings.prestart=2").close())
        .hasRootCauseMessage("broken");
    for (Thread each : ours()) {
      if (!before.contains(each)) {
        each.join();
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(PoolwrightAutoConfiguration.class)
  static class Broken {
    @Bean
    Object broken(Pools pools) {
      throw new IllegalStateException("broken");
    }
  }

  @Test
  void theWebServerAnswersItsLastRequestsFirst() {
    assertThat(PoolsLifecycle.PHASE)
        .isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048)
        .isGreaterThan(Integer.MAX_VALUE / 2);
  }

  private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off")
        .run(arguments);
  }

  private static Set<Thread> ours() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(each -> !each.getName().matches("(greetings|default|poolwright)-.*"));
    return threads;
  }
}

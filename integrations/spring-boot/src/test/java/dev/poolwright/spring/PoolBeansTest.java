package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ContextCarrier;
import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.ThreadPoolConfig;
import jakarta.inject.Named;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Pools are beans that nobody gets by their type alone. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PoolBeansTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PoolwrightAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

  @Test
  void eachPoolIsABeanByItsName() {
    context
        .withBean(ByName.class)
        .run(
            run -> {
              ByName pools = run.getBean(ByName.class);
              assertThat(pools.qualified()).isSameAs(run.getBean(Pools.class).pool("greetings"));
              assertThat(pools.named()).isSameAs(run.getBean("poolwright.pools.default"));
            });
  }

  record ByName(@Qualifier("greetings") Pool qualified, @Named("default") Pool named) {}

  @Test
  void theExecutorOfTheApplicationStays() {
    context
        .withBean("greeter", Greeter.class)
        .withBean(Executed.class)
        .run(
            run -> {
              assertThat(run).hasBean("applicationTaskExecutor");
              assertThat(run.getBean(Executed.class).executor())
                  .isSameAs(run.getBean("applicationTaskExecutor"));
            });
  }

  record Executed(Executor executor) {}

  @Test
  void theAsyncOfSpringAndOursDoNotMeet() {
    context
        .withBean("greeter", Greeter.class)
        .withUserConfiguration(Both.class)
        .run(
            run -> {
              assertThat(run.getBean(AsyncGreeter.class).greet("Ann").get())
                  .endsWith("from greetings-1");
              assertThat(run.getBean(Greeter.class).greet("Ann"))
                  .endsWith("from " + Thread.currentThread().getName());
              assertThat(run.getBean(Mailer.class).send().get()).startsWith("task-");
            });
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync(proxyTargetClass = true)
  static class Both {
    @Bean
    Mailer mailer() {
      return new Mailer();
    }
  }

  /** Has a method of Spring's. */
  static class Mailer {
    @Async
    public CompletableFuture<String> send() {
      return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }
  }

  @Test
  void poolsOfTheApplicationTakeThePlaceOfOurs() {
    context
        .withBean("greeter", Greeter.class)
        .withBean("mine", Pools.class, Pools::direct)
        .run(
            run ->
                assertThat(run.getBean(AsyncGreeter.class).greet("Ann").get())
                    .endsWith("from " + Thread.currentThread().getName()));
  }

  @Test
  void carriersAndListenersThatAreBeansAreTaken() {
    Queue<String> ended = new ConcurrentLinkedQueue<>();
    PoolListener listener =
        new PoolListener() {
          @Override
          public void taskEnded(TaskEvent event) {
            ended.add(event.pool() + " " + event.status());
          }
        };
    context
        .withBean(ContextCarrier.class, Tenant::new)
        .withBean(PoolListener.class, () -> listener)
        .run(
            run -> {
              Pool pool = run.getBean(Pools.class).pool("greetings");
              Tenant.NOW.set("acme");
              Task<String> task = pool.submit(Tenant.NOW::get);
              Tenant.NOW.remove();
              assertThat(task.get()).isEqualTo("acme");
              pool.close();
              assertThat(ended).containsExactly("greetings SUCCEEDED");
            });
  }

  /** Carries for whom a task runs. */
  static final class Tenant implements ContextCarrier {
    static final ThreadLocal<String> NOW = new ThreadLocal<>();

    @Override
    public String name() {
      return "tenant";
    }

    @Override
    public Object capture() {
      return NOW.get();
    }

    @Override
    public void around(Object captured, Runnable run) {
      NOW.set((String) captured);
      try {
        run.run();
      } finally {
        NOW.remove();
      }
    }
  }

  @Test
  void codeConfiguresPools() {
    context
        .withBean(
            PoolsCustomizer.class,
            () -> builder -> builder.pool(ThreadPoolConfig.named("greetings").maxWorkers(7)))
        .run(
            run ->
                assertThat(run.getBean(Pools.class).pool("greetings").stats().maxWorkers())
                    .isEqualTo(7));
  }
}

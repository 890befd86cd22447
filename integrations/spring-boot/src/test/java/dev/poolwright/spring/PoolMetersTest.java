package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import dev.poolwright.micrometer.PoolwrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The pools have meters where there is a registry. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PoolMetersTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PoolwrightAutoConfiguration.class, PoolwrightMetersAutoConfiguration.class));

  @Test
  void aRegistryHasTheMetersOfThePools() {
    context
        .withBean("greeter", Greeter.class)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            run -> {
              MeterRegistry registry = run.getBean(MeterRegistry.class);
              assertThat(workers(registry)).isEqualTo(2);
              run.getBean(AsyncGreeter.class).greet("Ann").get();
              run.getBean(Pools.class).pool("greetings").close();
              assertThat(
                      registry
                          .get("poolwright.task.run")
                          .tag("task", "Greeter.greet(String)")
                          .timer()
                          .count())
                  .isEqualTo(1);
            });
  }

  private static double workers(MeterRegistry registry) {
    return registry.get("poolwright.pool.workers.max").tag("pool", "greetings").gauge().value();
  }

  @Test
  void ofSeveralRegistriesThePrimaryOneHasThem() {
    context
        .withUserConfiguration(Two.class)
        .run(
            run -> {
              assertThat(workers(run.getBean("first", MeterRegistry.class))).isEqualTo(2);
              assertThat(run.getBean("second", MeterRegistry.class).getMeters()).isEmpty();
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Two {
    @Bean
    @Primary
    MeterRegistry first() {
      return new SimpleMeterRegistry();
    }

    @Bean
    MeterRegistry second() {
      return new SimpleMeterRegistry();
    }
  }

  @Test
  void withoutARegistryOrTheArtifactTheApplicationStarts() {
    context.run(run -> assertThat(run).hasNotFailed());
    context
        .withClassLoader(new FilteredClassLoader(PoolwrightMetrics.class))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(run -> assertThat(run).hasNotFailed().doesNotHaveBean(PoolMeters.class));
  }
}

package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.annotation.PoolKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Settings of pools in {@code application.yml}. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ApplicationPropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PoolwrightAutoConfiguration.class));

  @Test
  void yamlConfiguresPools() {
    yaml("""
    workers: 5
    poolwright:
      pools:
        greetings:
          max-workers: ${workers}
        default:
          kind: process
          maxWorkers: 3
          jvm-args: [-Xmx64m, -Dx=y]
    """)
        .run(
            run -> {
              assertThat(stats(run, "greetings").maxWorkers()).isEqualTo(5);
              assertThat(stats(run, "default").kind()).isEqualTo(PoolKind.PROCESS);
              assertThat(stats(run, "default").maxWorkers()).isEqualTo(3);
            });
  }

  @Test
  void variablesOfTheEnvironmentConfigurePools() {
    Map<String, Object> variables = Map.of("POOLWRIGHT_POOLS_GREETINGS_MAX_WORKERS", "6");
    with(new SystemEnvironmentPropertySource("x-systemEnvironment", variables))
        .run(run -> assertThat(stats(run, "greetings").maxWorkers()).isEqualTo(6));
  }

  @Test
  void theStrongerSourceWins() {
    yaml("poolwright.pools.greetings.max-workers: 5")
        .withPropertyValues("poolwright.pools.greetings.max-workers=4")
        .run(run -> assertThat(stats(run, "greetings").maxWorkers()).isEqualTo(4));
    yaml("poolwright.pools.greetings.max-workers: 5")
        .withSystemProperties("poolwright.pools.greetings.max-workers=3")
        .run(run -> assertThat(stats(run, "greetings").maxWorkers()).isEqualTo(3));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreadsOfTheApplicationAreThoseOfPoolsWithoutAKind() {
    yaml("spring.threads.virtual.enabled: true")
        .run(
            run -> {
              assertThat(stats(run, "greetings").kind()).isEqualTo(PoolKind.VIRTUAL);
              assertThat(stats(run, "greetings").maxWorkers()).isEqualTo(2);
              assertThat(stats(run, "scales").kind()).isEqualTo(PoolKind.PROCESS);
            });
  }

  @Test
  void theKindOfPoolsWithoutAKindIsAProperty() {
    yaml("poolwright.kind: virtual")
        .run(run -> assertThat(stats(run, "greetings").kind()).isEqualTo(PoolKind.VIRTUAL));
  }

  @Test
  void aMistakeIsToldWithItsPlace() {
    yaml("""
    poolwright:
      pools:
        greetings:
          max-workers: many
        greeting:
          prestart: 1
    """)
        .run(
            run ->
                assertThat(run)
                    .getFailure()
                    .rootCause()
                    .hasMessageContainingAll(
                        "property poolwright.pools.greetings.max-workers in",
                        "[application.yml] - 4:20 is \"many\"; must be 0 to 1,024",
                        "is for pool \"greeting\", which nothing declares",
                        "Did you mean \"greetings\"?"));
  }

  private static PoolStats stats(ApplicationContext run, String pool) {
    return run.getBean(Pools.class).pool(pool).stats();
  }

  private ApplicationContextRunner yaml(String text) {
    return with(source(text));
  }

  private ApplicationContextRunner with(PropertySource<?> source) {
    return context.withInitializer(
        (ConfigurableApplicationContext each) ->
            each.getEnvironment().getPropertySources().addLast(source));
  }

  private static PropertySource<?> source(String text) {
    try {
      List<PropertySource<?>> sources =
          new YamlPropertySourceLoader()
              .load(
                  "application",
                  new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "application.yml"));
      return sources.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.spring.Scales.Weight;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Worker JVMs have a Spring context of their own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SpringTargetsTest {

  @Test
  void aWorkerMakesItsObjectsInASpringContext() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(PoolwrightAutoConfiguration.class))
        .withBean("scales", Scales.class, () -> new Scales(2))
        .run(
            run -> {
              Weight weight = run.getBean(AsyncScales.class).weigh(10).get();
              assertThat(weight.grams()).as("by the worker's own object").isEqualTo(30);
              assertThat(weight.pid()).isNotEqualTo(ProcessHandle.current().pid());
            });
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}

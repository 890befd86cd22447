package dev.poolwright.spring;

import dev.poolwright.Pools;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reports the health of the pools if Actuator is present: down if a pool is broken; its details
 * mark saturated pools. Spring Boot 4 has its health API in another package than Spring Boot 3.
 */
@AutoConfiguration(after = PoolwrightAutoConfiguration.class)
@ConditionalOnProperty(name = "management.health.poolwright.enabled", matchIfMissing = true)
public class PoolwrightHealthAutoConfiguration {

  /** Called by Spring. */
  public PoolwrightHealthAutoConfiguration() {}

  /** For Boot 4. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  static class Boot4 {
    @Bean
    @ConditionalOnMissingBean(name = "poolwrightHealthIndicator")
    org.springframework.boot.health.contributor.HealthIndicator poolwrightHealthIndicator(
        Pools pools) {
      return () -> {
        PoolStates states = PoolStates.of(pools);
        return (states.isUp()
                ? org.springframework.boot.health.contributor.Health.up()
                : org.springframework.boot.health.contributor.Health.down())
            .withDetails(states.details())
            .build();
      };
    }
  }

  /** For Boot 3. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  static class Boot3 {
    @Bean
    @ConditionalOnMissingBean(name = "poolwrightHealthIndicator")
    org.springframework.boot.actuate.health.HealthIndicator poolwrightHealthIndicator(Pools pools) {
      return () -> {
        PoolStates states = PoolStates.of(pools);
        return (states.isUp()
                ? org.springframework.boot.actuate.health.Health.up()
                : org.springframework.boot.actuate.health.Health.down())
            .withDetails(states.details())
            .build();
      };
    }
  }
}

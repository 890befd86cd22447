package dev.poolwright.spring;

import dev.poolwright.Pools;
import dev.poolwright.micrometer.PoolwrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Binds the meters of the pools if {@code poolwright-micrometer} and a registry are present. */
@AutoConfiguration(after = PoolwrightAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, PoolwrightMetrics.class})
public class PoolwrightMetersAutoConfiguration {

  /** Called by Spring. */
  public PoolwrightMetersAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(PoolwrightMetrics.class)
  PoolMeters poolwrightMeters(Pools pools, ObjectProvider<MeterRegistry> registries) {
    return new PoolMeters(pools, registries);
  }
}

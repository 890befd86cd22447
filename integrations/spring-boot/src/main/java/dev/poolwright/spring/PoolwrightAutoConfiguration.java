package dev.poolwright.spring;

import dev.poolwright.ContextCarrier;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Defines beans for {@link Pools}, each of their pools and the generated proxies, and closes the
 * pools with the application context.
 */
@AutoConfiguration
public class PoolwrightAutoConfiguration {

  /** Called by Spring. */
  public PoolwrightAutoConfiguration() {}

  /** The pools. Their life cycle closes them; the shutdown is for a context that never started. */
  @Bean(destroyMethod = "shutdown")
  @ConditionalOnMissingBean
  Pools poolwrightPools(
      ConfigurableEnvironment environment,
      ResourceLoader resources,
      ObjectProvider<ContextCarrier> carriers,
      ObjectProvider<PoolListener> listeners,
      ObjectProvider<PoolsCustomizer> customizers) {
    Pools.Builder builder = Pools.builder().exitHook(false);
    ClassLoader loader = resources.getClassLoader();
    if (loader != null) {
      builder.classLoader(loader);
    }
    carriers.orderedStream().forEach(builder::context);
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    new ApplicationProperties(builder.names()).addTo(builder, environment);
    return builder.build();
  }

  @Bean
  static PoolwrightBeans poolwrightBeans() {
    return new PoolwrightBeans();
  }

  @Bean
  PoolsLifecycle poolwrightLifecycle(Pools pools, Environment environment) {
    Duration grace =
        Binder.get(environment)
            .bind("poolwright.grace", Duration.class)
            .orElse(PoolsLifecycle.DEFAULT_GRACE);
    return new PoolsLifecycle(pools, grace);
  }
}

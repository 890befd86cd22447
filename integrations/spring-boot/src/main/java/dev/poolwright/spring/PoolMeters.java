package dev.poolwright.spring;

import dev.poolwright.Pools;
import dev.poolwright.micrometer.PoolwrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Binds the meters of the pools to the registry, once all beans are made; no {@code MeterBinder},
 * so that a registry has them without Actuator too, and not twice with it. Of several registries it
 * is the primary one, which hands them on.
 */
final class PoolMeters implements SmartInitializingSingleton, AutoCloseable {

  private final PoolwrightMetrics metrics;
  private final ObjectProvider<MeterRegistry> registries;

  PoolMeters(Pools pools, ObjectProvider<MeterRegistry> registries) {
    this.metrics = new PoolwrightMetrics(pools);
    this.registries = registries;
  }

  @Override
  public void afterSingletonsInstantiated() {
    registries.ifUnique(metrics::bindTo);
  }

  @Override
  public void close() {
    metrics.close();
  }
}

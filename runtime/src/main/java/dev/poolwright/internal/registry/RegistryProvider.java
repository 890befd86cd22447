package dev.poolwright.internal.registry;

import dev.poolwright.Pools;
import dev.poolwright.spi.PoolsProvider;

/** What {@link Pools#builder()} and {@link Pools#direct()} find. */
public final class RegistryProvider implements PoolsProvider {

  /** For the service loader. */
  public RegistryProvider() {}

  @Override
  public Pools.Builder builder() {
    return new PoolsBuilder();
  }

  @Override
  public Pools direct() {
    return new DirectPools();
  }
}

package dev.poolwright.spi;

import dev.poolwright.Pools;
import java.util.ServiceLoader;

/** Makes {@link Pools}. The runtime provides the one implementation, as a service. */
public interface PoolsProvider {

  /**
   * The implementation.
   *
   * @return the first one found
   * @throws IllegalStateException when there is none on the class path or module path
   */
  static PoolsProvider find() {
    return ServiceLoader.load(PoolsProvider.class, PoolsProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no dev.poolwright.spi.PoolsProvider found; add poolwright-runtime, with its"
                        + " META-INF/services, to the class path"));
  }

  /**
   * Starts the configuration of new pools.
   *
   * @return a builder
   */
  Pools.Builder builder();

  /**
   * Pools that run every call on the calling thread.
   *
   * @return new pools
   */
  Pools direct();
}

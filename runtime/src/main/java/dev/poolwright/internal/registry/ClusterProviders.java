package dev.poolwright.internal.registry;

import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.spi.ClusterTransport;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds what carries the calls of cluster pools. */
final class ClusterProviders {

  private ClusterProviders() {}

  /**
   * Finds the one there is.
   *
   * @param settings of the pool that needs it
   * @param loader sees the application's classes
   * @throws IllegalArgumentException when there is none, or more than one; says what to do
   */
  static ClusterTransport.Provider find(PoolSettings settings, ClassLoader loader) {
    List<ClusterTransport.Provider> found;
    try {
      found =
          ServiceLoader.load(ClusterTransport.Provider.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "pool \""
              + settings.name()
              + "\" runs as cluster nodes, but what would carry its calls"
              + " cannot be loaded: "
              + e.getMessage(),
          e);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        "pool \""
            + settings.name()
            + "\" runs as cluster nodes, but "
            + (found.isEmpty()
                ? "nothing on the class path carries its calls; add the dependency"
                    + " dev.poolwright:poolwright-hazelcast"
                : found.size() + " things on the class path could carry its calls; leave one"));
  }
}

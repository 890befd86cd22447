package dev.poolwright.spring;

import dev.poolwright.Pools;

/**
 * A bean that configures the {@link Pools} of an application in code. Of several the one with the
 * later order wins, setting by setting; {@code application.yml} and system properties are stronger.
 */
@FunctionalInterface
public interface PoolsCustomizer {

  /**
   * Configures the pools before they are made.
   *
   * @param builder knows every pool that annotations declare
   */
  void customize(Pools.Builder builder);
}

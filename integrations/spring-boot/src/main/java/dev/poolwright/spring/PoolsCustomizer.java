package dev.poolwright.spring;

import dev.poolwright.Pools;

/**
 * A bean that configures the {@link Pools} of an application in code. Of several customizers the
 * last in bean order wins, setting by setting; {@code application.yml} and system properties
 * override them all.
 */
@FunctionalInterface
public interface PoolsCustomizer {

  /**
   * Configures the pools before they are created.
   *
   * @param builder a builder that knows every pool that annotations declare
   */
  void customize(Pools.Builder builder);
}

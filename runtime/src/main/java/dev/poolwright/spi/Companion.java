package dev.poolwright.spi;

import dev.poolwright.Pools;
import org.jspecify.annotations.Nullable;

/**
 * Accompanies the pools of an application, such as a console enabled by a property. Companions are
 * found by {@link java.util.ServiceLoader} when pools are built; the direct pools of unit tests
 * have none.
 *
 * <p><b>Errors:</b> an exception thrown by a companion is logged, and the pools go on without it.
 */
@FunctionalInterface
public interface Companion {

  /**
   * Receives new pools, before anybody else has them.
   *
   * @param pools the running pools
   * @return closed when the pools have ended, on one of their threads; null if there is nothing to
   *     close
   * @throws Exception if it cannot accompany the pools
   */
  @Nullable AutoCloseable opened(Pools pools) throws Exception;
}

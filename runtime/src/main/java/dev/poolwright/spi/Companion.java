package dev.poolwright.spi;

import dev.poolwright.Pools;
import org.jspecify.annotations.Nullable;

/**
 * Goes along with the pools of an application, as a console does that a property asks for; found by
 * {@link java.util.ServiceLoader} where pools are built. The direct pools of unit tests have none.
 *
 * <p><b>Errors:</b> what it throws is logged, and the pools go on without it.
 */
@FunctionalInterface
public interface Companion {

  /**
   * Is told of new pools, before anybody else has them.
   *
   * @param pools running
   * @return closed when the pools have ended, on a thread of theirs; null for nothing to close
   * @throws Exception when it cannot go along
   */
  @Nullable AutoCloseable opened(Pools pools) throws Exception;
}

package dev.poolwright.internal.life;

import dev.poolwright.Pools;
import dev.poolwright.spi.Companion;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What goes along with some pools.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Companions {

  private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

  /** Tells those of the class path of new pools. */
  void open(Pools pools, ClassLoader loader) {
    for (Companion companion : Services.find(Companion.class, loader)) {
      Guard.run(
          () -> "companion " + companion.getClass().getName(),
          () -> {
            AutoCloseable opened = companion.opened(pools);
            if (opened != null) {
              open.add(opened);
            }
          });
    }
  }

  boolean areOpen() {
    return !open.isEmpty();
  }

  /** Closes all that were opened. */
  void close() {
    for (AutoCloseable each; (each = open.poll()) != null; ) {
      Guard.run(each.getClass()::getName, each::close);
    }
  }
}

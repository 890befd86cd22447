package dev.poolwright.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.spi.ClusterWorker;
import dev.poolwright.spi.Targets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects that calls run on in a node, one for each class.
 *
 * <p><b>Threads:</b> thread-safe; who needs one that is being made waits for it.
 */
final class NodeTargets {
  private final ClusterWorker.Host host;
  private final Map<Class<?>, Of> all = new ConcurrentHashMap<>();

  NodeTargets(ClusterWorker.Host host) {
    this.host = host;
  }

  Targets<Object> of(Class<?> type) {
    return all.computeIfAbsent(type, Of::new);
  }

  private final class Of implements Targets<Object> {
    private final Class<?> type;

    /** Itself until there is one. */
    @GuardedBy("this")
    private Object target = this;

    Of(Class<?> type) {
      this.type = type;
    }

    @Override
    public synchronized Object made(Callable<?> maker) throws Exception {
      if (target == this) {
        target = maker.call();
      }
      return target;
    }

    @Override
    public Object injected() throws Exception {
      return host.injected(type);
    }
  }
}

package dev.poolwright.internal.worker;

import dev.poolwright.spi.Targets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The objects that calls run on, one for each class.
 *
 * <p><b>Threads:</b> confined to the running thread.
 */
final class WorkerTargets {
  private final List<String> modules;
  private final Map<Class<?>, Object> targets = new HashMap<>();
  private @Nullable InjectedTargets injected;

  WorkerTargets(List<String> modules) {
    this.modules = modules;
  }

  Targets<Object> of(Class<?> type) {
    return new Of(type);
  }

  private final class Of implements Targets<Object> {
    private final Class<?> type;

    Of(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object made(Callable<?> maker) throws Exception {
      Object target = targets.get(type);
      if (target == null) {
        target = maker.call();
        targets.put(type, target);
      }
      return target;
    }

    @Override
    public Object injected() throws Exception {
      if (injected == null) {
        injected = InjectedTargets.load(modules, type);
      }
      return injected.of(type);
    }
  }
}

package dev.poolwright.internal.worker;

import dev.poolwright.spi.TargetSource;
import dev.poolwright.spi.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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
  private TargetSource.@Nullable Maker maker; // Null until one is needed.

  WorkerTargets(List<String> modules) {
    this.modules = modules;
  }

  Targets<Object> of(Class<?> type) {
    return new Of(type);
  }

  private TargetSource.Maker maker() throws Exception {
    TargetSource.Maker known = maker;
    if (known == null) {
      known = open();
      maker = known;
    }
    return known;
  }

  private TargetSource.Maker open() throws Exception {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    List<Class<?>> classes = new ArrayList<>();
    for (String name : modules) {
      classes.add(Class.forName(name, true, loader));
    }
    for (TargetSource source : ServiceLoader.load(TargetSource.class, loader)) {
      if (classes.stream().allMatch(source::knows)) {
        return source.open(classes);
      }
    }
    return InjectedTargets.load(classes);
  }

  private final class Of implements Targets<Object> {
    private final Class<?> type;

    Of(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object made(Callable<?> constructor) throws Exception {
      if (!modules.isEmpty() && maker().has(type)) {
        return maker().make(type);
      }
      Object target = targets.get(type);
      if (target == null) {
        target = constructor.call();
        targets.put(type, target);
      }
      return target;
    }

    @Override
    public Object injected() throws Exception {
      if (modules.isEmpty()) {
        throw new IllegalStateException(
            type.getName()
                + " has no accessible constructor without parameters, and its process pool has no"
                + " modules; name Guice modules or Spring configurations in"
                + " @ProcessPool(modules = ...), or add a constructor");
      }
      return maker().make(type);
    }
  }
}

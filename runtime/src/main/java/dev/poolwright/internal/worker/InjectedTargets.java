package dev.poolwright.internal.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.poolwright.spi.TargetSource;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes targets by an injector. The only class of a worker JVM that knows Guice; it is loaded when
 * first needed.
 */
final class InjectedTargets implements TargetSource.Maker {
  private static final int MOST_CAUSES = 100;

  private final Injector injector;

  private InjectedTargets(Injector injector) {
    this.injector = injector;
  }

  static InjectedTargets load(List<Class<?>> modules) throws ReflectiveOperationException {
    List<Module> loaded = new ArrayList<>();
    for (Class<?> module : modules) {
      loaded.add((Module) NamedClass.make(module));
    }
    try {
      return new InjectedTargets(Guice.createInjector(loaded));
    } catch (RuntimeException e) {
      throw named(modules.get(0), e);
    }
  }

  /** The injector would make any class; one that can be made without it is. */
  @Override
  public boolean has(Class<?> type) {
    return false;
  }

  @Override
  public <T> T make(Class<T> type) {
    try {
      return injector.getInstance(type);
    } catch (RuntimeException e) {
      throw named(type, e);
    }
  }

  /** What Guice throws, unless a module that is not open to it is behind that. */
  private static RuntimeException named(Class<?> type, RuntimeException failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) { // There may be circles.
      if (each instanceof InaccessibleObjectException closed) {
        return NamedClass.closed(type, closed);
      }
      each = each.getCause();
    }
    return failure;
  }
}

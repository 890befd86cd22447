package dev.poolwright.internal.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.poolwright.spi.TargetSource;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes targets by an injector. The only class of a worker JVM that knows Guice; it is loaded when
 * first needed.
 */
final class InjectedTargets implements TargetSource.Maker {
  private final Injector injector;

  private InjectedTargets(Injector injector) {
    this.injector = injector;
  }

  static InjectedTargets load(List<Class<?>> modules) throws ReflectiveOperationException {
    List<Module> loaded = new ArrayList<>();
    for (Class<?> module : modules) {
      Constructor<?> constructor = module.getDeclaredConstructor();
      constructor.setAccessible(true);
      loaded.add((Module) constructor.newInstance());
    }
    return new InjectedTargets(Guice.createInjector(loaded));
  }

  /** The injector would make any class; one that can be made without it is. */
  @Override
  public boolean has(Class<?> type) {
    return false;
  }

  @Override
  public <T> T make(Class<T> type) {
    return injector.getInstance(type);
  }
}

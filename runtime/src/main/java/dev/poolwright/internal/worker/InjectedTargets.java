package dev.poolwright.internal.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes targets by an injector. The only class of a worker JVM that knows Guice; it is loaded when
 * first needed.
 */
final class InjectedTargets {
  private final Injector injector;

  private InjectedTargets(Injector injector) {
    this.injector = injector;
  }

  static InjectedTargets load(List<String> modules, Class<?> wanted)
      throws ReflectiveOperationException {
    if (modules.isEmpty()) {
      throw new IllegalStateException(
          wanted.getName()
              + " has no accessible constructor without parameters, and its process pool has no"
              + " modules; name Guice modules in @ProcessPool(modules = ...), or add a"
              + " constructor");
    }
    List<Module> loaded = new ArrayList<>();
    for (String name : modules) {
      Constructor<?> constructor =
          Class.forName(name, true, ClassLoader.getSystemClassLoader()).getDeclaredConstructor();
      constructor.setAccessible(true);
      loaded.add((Module) constructor.newInstance());
    }
    return new InjectedTargets(Guice.createInjector(loaded));
  }

  Object of(Class<?> type) {
    return injector.getInstance(type);
  }
}

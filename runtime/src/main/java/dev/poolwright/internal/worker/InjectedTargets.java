package dev.poolwright.internal.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.lang.reflect.InaccessibleObjectException;
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
      loaded.add((Module) NamedClass.make(name));
    }
    try {
      return new InjectedTargets(Guice.createInjector(loaded));
    } catch (RuntimeException e) {
      throw named(wanted, e);
    }
  }

  Object of(Class<?> type) {
    try {
      return injector.getInstance(type);
    } catch (RuntimeException e) {
      throw named(type, e);
    }
  }

  /** What Guice throws, unless a module that is not open to it is behind that. */
  private static RuntimeException named(Class<?> type, RuntimeException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InaccessibleObjectException closed) {
        return NamedClass.closed(type, closed);
      }
    }
    return failure;
  }
}

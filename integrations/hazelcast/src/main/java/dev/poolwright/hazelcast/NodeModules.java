package dev.poolwright.hazelcast;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/** Makes the objects of calls by Guice. The only class that knows it; loaded when first needed. */
final class NodeModules {
  private final Injector injector;

  private NodeModules(Injector injector) {
    this.injector = injector;
  }

  static NodeModules load(List<String> names, ClassLoader loader)
      throws ReflectiveOperationException {
    List<Module> modules = new ArrayList<>();
    for (String name : names) {
      Constructor<?> constructor = Class.forName(name, true, loader).getDeclaredConstructor();
      constructor.setAccessible(true);
      modules.add((Module) constructor.newInstance());
    }
    return new NodeModules(Guice.createInjector(modules));
  }

  Object of(Class<?> type) {
    return injector.getInstance(type);
  }
}

package dev.poolwright.internal.registry;

import dev.poolwright.spi.PoolCatalogue;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the pools that were declared at compile time. */
final class CatalogueLoader {

  private CatalogueLoader() {}

  /**
   * Reads every catalogue that a class loader finds.
   *
   * @param loader sees the application's classes
   * @return the declarations of one catalogue in source order; catalogues in order of their names,
   *     so that error texts do not depend on the order of the class path
   * @throws IllegalArgumentException when a catalogue cannot be loaded; the message names it
   */
  static List<Declaration> load(ClassLoader loader) {
    List<Declaration> declarations = new ArrayList<>();
    for (ServiceLoader.Provider<PoolCatalogue> provider : byName(loader).values()) {
      declarations.addAll(read(provider));
    }
    return declarations;
  }

  private static SortedMap<String, ServiceLoader.Provider<PoolCatalogue>> byName(
      ClassLoader loader) {
    SortedMap<String, ServiceLoader.Provider<PoolCatalogue>> all = new TreeMap<>();
    try {
      Iterator<ServiceLoader.Provider<PoolCatalogue>> each =
          ServiceLoader.load(PoolCatalogue.class, loader).stream().iterator();
      while (each.hasNext()) {
        ServiceLoader.Provider<PoolCatalogue> provider = each.next();
        all.put(provider.type().getName(), provider);
      }
      return all;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "a pool catalogue cannot be found: "
              + e.getMessage()
              + "; build the jar that names it again, with its annotation processor",
          e);
    }
  }

  private static List<Declaration> read(ServiceLoader.Provider<PoolCatalogue> provider) {
    try {
      return provider.get().declarations();
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      // ServiceLoader wraps what a constructor throws, and its own text names the class alone.
      Throwable reason =
          e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
      throw new IllegalArgumentException(
          "pool catalogue "
              + provider.type().getName()
              + " cannot be read: "
              + reason
              + "; build its jar again with this version of Poolwright",
          e);
    }
  }
}

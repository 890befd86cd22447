package dev.poolwright.spi;

import java.util.List;

/**
 * Creates the target objects of calls in a worker JVM, from the module classes of its pool; found
 * by {@link java.util.ServiceLoader}. A class that no source knows is taken for a Guice module.
 *
 * <p><b>Threads:</b> confined to the running thread of the worker JVM.
 */
public interface TargetSource {

  /**
   * Whether this source can create objects from a module class.
   *
   * @param module a module class of the pool
   * @return true if it can
   */
  boolean knows(Class<?> module);

  /**
   * Opens the source; called once in a worker JVM, when a call first needs an object.
   *
   * @param modules all module classes of the pool, each {@linkplain #knows known}
   * @return the maker of the objects
   * @throws Exception if the source cannot be opened; the call fails with it
   */
  Maker open(List<Class<?>> modules) throws Exception;

  /** Creates the objects of one worker JVM. */
  interface Maker {

    /**
     * Whether this maker has an object of a class. If not, a constructor without parameters is
     * called, if the class has one.
     *
     * @param type the class of a call
     * @return true if it has one
     */
    boolean has(Class<?> type);

    /**
     * Creates or finds the object of a class.
     *
     * @param <T> its class
     * @param type the class of a call
     * @return the object
     * @throws Exception if it cannot; the call fails with it
     */
    <T> T make(Class<T> type) throws Exception;
  }
}

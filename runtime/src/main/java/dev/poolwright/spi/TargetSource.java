package dev.poolwright.spi;

import java.util.List;

/**
 * Makes the objects that calls run on in a worker JVM, from the classes that {@code modules} of its
 * pool names; found by {@link java.util.ServiceLoader}. What no source knows is a Guice module.
 *
 * <p><b>Threads:</b> confined to the running thread of the worker JVM.
 */
public interface TargetSource {

  /**
   * Whether this source makes objects from such a class.
   *
   * @param module a class that the pool names
   * @return whether
   */
  boolean knows(Class<?> module);

  /**
   * Begins to make objects; called once in a worker JVM, when its first call needs one.
   *
   * @param modules all classes that the pool names, each {@linkplain #knows known}
   * @return what makes them
   * @throws Exception when it cannot; the call fails with it
   */
  Maker open(List<Class<?>> modules) throws Exception;

  /** Makes the objects of one worker JVM. */
  interface Maker {

    /**
     * Whether there is such an object. Of a class that has a constructor without parameters, that
     * one is called if there is not.
     *
     * @param type the class of a call
     * @return whether
     */
    boolean has(Class<?> type);

    /**
     * Makes an object, or finds it.
     *
     * @param <T> its class
     * @param type the class of a call
     * @return the object
     * @throws Exception when it cannot; the call fails with it
     */
    <T> T make(Class<T> type) throws Exception;
  }
}

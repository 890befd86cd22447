package dev.poolwright.spi;

import java.util.concurrent.Callable;

/**
 * Where a worker JVM keeps the objects that calls run on, one for each class.
 *
 * @param <T> the class
 */
public interface Targets<T> {

  /**
   * The target, made by a constructor if there is none yet.
   *
   * @param maker calls the constructor
   * @return always the same one
   * @throws Exception what the constructor threw
   */
  T made(Callable<? extends T> maker) throws Exception;

  /**
   * The target, made by an injector of the pool's modules.
   *
   * @return always the same one for a singleton
   * @throws Exception when the modules cannot be loaded, or cannot make it
   */
  T injected() throws Exception;
}

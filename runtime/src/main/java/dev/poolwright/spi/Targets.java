package dev.poolwright.spi;

import java.util.concurrent.Callable;

/**
 * The target objects of calls in a worker JVM, one for each class.
 *
 * @param <T> the class
 */
public interface Targets<T> {

  /**
   * The target, created by a constructor if there is none yet.
   *
   * @param maker calls the constructor
   * @return always the same object
   * @throws Exception the exception that the constructor threw
   */
  T made(Callable<? extends T> maker) throws Exception;

  /**
   * The target, created by an injector of the modules of the pool.
   *
   * @return always the same object for a singleton
   * @throws Exception if the modules cannot be loaded
   * @throws Exception if the modules cannot create the target
   */
  T injected() throws Exception;
}

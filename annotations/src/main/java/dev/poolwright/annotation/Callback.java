package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method run once whenever a task of an {@link Async} method of the same class is done. Its
 * parameters select what it receives, and are checked against that method's result at compile time:
 *
 * <ul>
 *   <li>{@code (Page)}: the result, if the task succeeded;
 *   <li>{@code ()}: nothing, if a {@code void} method succeeded;
 *   <li>{@code (Throwable)}: the failure of any kind: exception, time limit or cancellation;
 *   <li>{@code (Page, Throwable)}: the result or the failure; the other one is null;
 *   <li>{@code (Task<Page>)}: the finished task itself.
 * </ul>
 *
 * <p>A callback that is itself {@link Async} is submitted to its own pool and may have callbacks of
 * its own.
 *
 * <p><b>Threads:</b> callbacks run after the task is done, in the order of their declaration, on
 * the worker thread that finished it (for worker JVMs: on the thread in the parent that drives the
 * worker); if the task ended without a worker, on a callback thread of its {@code Pools}.
 *
 * <p><b>Errors:</b> an exception thrown by a callback is logged with the name of the callback, and
 * affects neither the task nor the next callback.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Callback {

  /**
   * The {@link Async} method that the callback belongs to.
   *
   * @return a method of the class, such as {@code "get"} or, to tell overloads apart, {@code
   *     "get(String)"}; {@code ""} for every method whose result it accepts exactly
   */
  String value() default "";
}

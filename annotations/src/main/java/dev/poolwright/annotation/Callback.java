package dev.poolwright.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method run once whenever a task of an {@link Async} method of the same class is done. The
 * parameters say what it wants, and are matched with the method's result at compile time:
 *
 * <ul>
 *   <li>{@code (Page)}: the result, when the task succeeded;
 *   <li>{@code ()}: the success of a {@code void} method;
 *   <li>{@code (Throwable)}: the failure, of whatever kind: exception, time limit or cancellation;
 *   <li>{@code (Page, Throwable)}: either; the other one is null;
 *   <li>{@code (Task<Page>)}: the finished task itself.
 * </ul>
 *
 * <p>A callback that is itself {@link Async} is submitted to its own pool and may have callbacks of
 * its own.
 *
 * <p><b>Threads:</b> callbacks run after the task is done, in the order of their declaration, on
 * the worker thread that finished it (for worker JVMs: on the thread in the parent that drives the
 * worker); for a task that ended without a worker, on a callback thread of its {@code Pools}.
 *
 * <p><b>Errors:</b> what a callback throws is logged with its name, and disturbs neither the task
 * nor the next callback.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Callback {

  /**
   * Which {@link Async} method it belongs to.
   *
   * @return a method of the class, as {@code "get"} or, to tell overloads apart, {@code
   *     "get(String)"}; {@code ""} for every one whose result it accepts exactly
   */
  String value() default "";
}

package dev.poolwright.spi;

import dev.poolwright.Task;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @Callback} of a call site.
 *
 * <p><b>Shape:</b> what differs between callbacks is in their forms, so this is a record.
 *
 * @param name as {@code "save(Page)"}, for the log
 * @param form what to run
 * @param <T> the class that has the method
 */
public record SiteCallback<T>(String name, Form<T> form) {

  /**
   * The forms of a callback.
   *
   * @param <T> the class that has the method
   */
  public sealed interface Form<T> permits OnSuccess, OnFailure, OnEither, OnDone {}

  /**
   * Runs on the result.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnSuccess<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Calls the method.
     *
     * @param target null for calls of static methods
     * @param result what the task succeeded with
     * @throws Throwable is logged
     */
    void call(T target, R result) throws Throwable;
  }

  /**
   * Runs on the failure.
   *
   * @param <T> the class that has the method
   */
  @FunctionalInterface
  public non-sealed interface OnFailure<T> extends Form<T> {
    /**
     * Calls the method.
     *
     * @param target null for calls of static methods
     * @param failure what the task failed with, or its cancellation
     * @throws Throwable is logged
     */
    void call(T target, Throwable failure) throws Throwable;
  }

  /**
   * Runs on either.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnEither<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Calls the method.
     *
     * @param target null for calls of static methods
     * @param result null after a failure
     * @param failure null after a success
     * @throws Throwable is logged
     */
    void call(T target, @Nullable R result, @Nullable Throwable failure) throws Throwable;
  }

  /**
   * Runs on the task.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnDone<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Calls the method.
     *
     * @param target null for calls of static methods
     * @param task done
     * @throws Throwable is logged
     */
    void call(T target, Task<R> task) throws Throwable;
  }
}

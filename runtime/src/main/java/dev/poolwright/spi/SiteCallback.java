package dev.poolwright.spi;

import dev.poolwright.Task;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @Callback} of a call site.
 *
 * <p><b>Shape:</b> what differs between callbacks is in their forms, so this is a record.
 *
 * @param name the name in the log, such as {@code "save(Page)"}
 * @param form the code to run
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
   * Receives the result.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnSuccess<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Runs the callback.
     *
     * @param target the target of the call; null for a static method
     * @param result the result of the task
     * @throws Throwable any exception; it is logged
     */
    void call(T target, R result) throws Throwable;
  }

  /**
   * Receives the failure.
   *
   * @param <T> the class that has the method
   */
  @FunctionalInterface
  public non-sealed interface OnFailure<T> extends Form<T> {
    /**
     * Runs the callback.
     *
     * @param target the target of the call; null for a static method
     * @param failure the failure of the task, or its cancellation
     * @throws Throwable any exception; it is logged
     */
    void call(T target, Throwable failure) throws Throwable;
  }

  /**
   * Receives the result or the failure.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnEither<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Runs the callback.
     *
     * @param target the target of the call; null for a static method
     * @param result null after a failure
     * @param failure null after a success
     * @throws Throwable any exception; it is logged
     */
    void call(T target, @Nullable R result, @Nullable Throwable failure) throws Throwable;
  }

  /**
   * Receives the task.
   *
   * @param <T> the class that has the method
   * @param <R> the result
   */
  @FunctionalInterface
  public non-sealed interface OnDone<T, R extends @Nullable Object> extends Form<T> {
    /**
     * Runs the callback.
     *
     * @param target the target of the call; null for a static method
     * @param task the done task
     * @throws Throwable any exception; it is logged
     */
    void call(T target, Task<R> task) throws Throwable;
  }
}

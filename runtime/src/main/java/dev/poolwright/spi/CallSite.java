package dev.poolwright.spi;

import dev.poolwright.Batch;
import dev.poolwright.CallOptions;
import dev.poolwright.MapOptions;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @Async} method bound to one pool. A generated proxy opens each once, in its
 * constructor, so that a wrong pool fails there and not at the first call.
 *
 * <p><b>Threads:</b> thread-safe.
 *
 * <p><b>Errors:</b> submits throw as those of {@link dev.poolwright.Pool} do: {@link
 * RejectedExecutionException} and its kin.
 *
 * @param <T> the class that has the method
 */
public interface CallSite<T> {

  /**
   * Starts the description of a call site.
   *
   * @param type the class that has the method; of a generic one the raw class
   * @param method as {@code "get(String)"}, simple type names
   * @param pool the pool's name
   * @param <T> the class that has the method
   * @return to be opened
   */
  static <T> CallSiteSpec<T> of(Class<? super T> type, String method, String pool) {
    return new CallSiteSpec<>(type, method, pool);
  }

  /**
   * Submits a call of an instance method.
   *
   * @param target what it runs on; process pools make their own
   * @param call the arguments
   * @param <R> the result
   * @return its task
   */
  <R extends @Nullable Object> Task<R> submit(T target, Call<T, R> call);

  /**
   * Submits a call of a static method.
   *
   * @param call the arguments
   * @param <R> the result
   * @return its task
   */
  <R extends @Nullable Object> Task<R> submit(Call<T, R> call);

  /**
   * Submits a call of an instance method that returns a stage. The task is done when the stage is,
   * and on a thread pool no worker is held meanwhile; a cancel or time limit cancels the stage.
   *
   * @param target what it runs on; process pools make their own
   * @param call the arguments
   * @param <R> the stage's result
   * @return its task
   */
  <R extends @Nullable Object> Task<R> submitStage(
      T target, Call<T, ? extends @Nullable CompletionStage<? extends R>> call);

  /**
   * Submits a call of a static method that returns a stage.
   *
   * @param call the arguments
   * @param <R> the stage's result
   * @return its task
   */
  <R extends @Nullable Object> Task<R> submitStage(
      Call<T, ? extends @Nullable CompletionStage<? extends R>> call);

  /**
   * Submits one call for each row of inputs.
   *
   * @param target what they run on; null for a static method
   * @param rows the inputs
   * @param maker makes the call of one row, taking the row's values in order
   * @param options chunk size and so on
   * @param <R> the result
   * @return results in input order
   */
  <R extends @Nullable Object> Batch<R> map(
      @Nullable T target, Rows rows, Rows.CallMaker<T, R> maker, MapOptions... options);

  /**
   * Submits one call of a method that returns a stage for each row of inputs.
   *
   * @param target what they run on; null for a static method
   * @param rows the inputs
   * @param maker makes the call of one row, taking the row's values in order
   * @param options chunk size and so on
   * @param <R> the stage's result
   * @return results in input order
   */
  <R extends @Nullable Object> Batch<R> mapStage(
      @Nullable T target,
      Rows rows,
      Rows.CallMaker<T, ? extends @Nullable CompletionStage<? extends R>> maker,
      MapOptions... options);

  /**
   * The same call site with other options.
   *
   * @param options what to change
   * @return cheap; shares everything else
   */
  CallSite<T> with(CallOptions options);

  /** What call sites are opened on. Implemented by Poolwright's own {@link Pools}. */
  interface Opener {
    /**
     * Opens a call site.
     *
     * @param spec its description
     * @param <T> the class that has the method
     * @return the call site
     * @throws NoSuchElementException when there is no such pool
     * @throws IllegalArgumentException when the method cannot run on a pool of this kind
     */
    <T> CallSite<T> open(CallSiteSpec<T> spec);
  }
}

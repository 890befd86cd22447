package dev.poolwright.spi;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @Async} method bound to one pool. A generated proxy opens each once, in its
 * constructor, so that a wrong pool fails there and not in the first call.
 *
 * <p><b>Threads:</b> thread-safe.
 *
 * <p><b>Errors:</b> submits throw the same exceptions as those of {@link dev.poolwright.Pool}:
 * {@link RejectedExecutionException} and its subclasses.
 *
 * @param <T> the class that has the method
 */
public interface CallSite<T> {

  /**
   * Starts the description of a call site of an instance method.
   *
   * @param type the class that has the method; for a generic class the raw class
   * @param method the method with simple type names, as in {@code "get(String)"}
   * @param pool the name of the pool
   * @param <T> the class that has the method
   * @return a description to be opened
   */
  static <T> CallSiteSpec<T> of(Class<? super T> type, String method, String pool) {
    return new CallSiteSpec<>(type, method, pool, false);
  }

  /**
   * Starts the description of a call site of a static method.
   *
   * @param type the class that has the method; for a generic class the raw class
   * @param method the method with simple type names, as in {@code "get(String)"}
   * @param pool the name of the pool
   * @param <T> the class that has the method
   * @return a description to be opened
   */
  static <T> CallSiteSpec<T> ofStatic(Class<? super T> type, String method, String pool) {
    return new CallSiteSpec<>(type, method, pool, true);
  }

  /**
   * Submits a call. If the method returns a stage, the task is done when the stage is; on a thread
   * pool no worker is held in the meantime, and a cancel or time limit cancels the stage.
   *
   * @param target the object to call the method on, which process pools create for themselves; null
   *     for a static method
   * @param call the arguments
   * @param <R> the result
   * @return its task
   * @throws NullPointerException if {@code target} is null and the method is not static
   */
  <R extends @Nullable Object> Task<R> submit(@Nullable T target, Call<T, R> call);

  /**
   * Submits one call for each row of inputs.
   *
   * @param target as for {@link #submit}
   * @param rows the inputs
   * @param maker makes the call of one row from its values in order
   * @param options chunk size and so on
   * @param <R> the result
   * @return results in input order
   * @throws NullPointerException if {@code target} is null and the method is not static
   */
  <R extends @Nullable Object> Batch<R> map(
      @Nullable T target, Rows rows, Rows.CallMaker<T, R> maker, MapOption... options);

  /**
   * Creates a view of this call site. The options apply to the calls and batch elements submitted
   * through the view; callbacks run as they do here.
   *
   * @param options a later option overrides an earlier one, and those of this view
   * @return a cheap view that shares everything else
   */
  CallSite<T> with(CallOption... options);

  /** Opens call sites. Implemented by Poolwright's own {@link Pools}. */
  interface Opener {
    /**
     * Opens a call site.
     *
     * @param spec its description
     * @param <T> the class that has the method
     * @return the call site
     * @throws NoSuchElementException if there is no such pool
     * @throws IllegalArgumentException if the method cannot run on a pool of this kind
     */
    <T> CallSite<T> open(CallSiteSpec<T> spec);
  }
}

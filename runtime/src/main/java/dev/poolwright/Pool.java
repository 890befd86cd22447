package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.annotation.PoolKind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * A named set of workers with one bounded queue and one saturation policy: an {@link
 * ExecutorService} whose futures are {@link Task}s. It starts nothing until its first task, unless
 * it is configured to prestart.
 *
 * <p><b>Threads:</b> thread-safe. A submit under {@code BLOCK} waits while the pool is saturated,
 * unless it comes from a worker or callback thread of the same {@link Pools}.
 *
 * <p><b>Errors:</b> {@code submit}, {@code execute} and {@code map} throw {@link
 * PoolSaturatedException} when saturated under {@code REJECT}; {@link RejectedExecutionException}
 * when the pool is shut down, or a wait for a place is interrupted or shut down; {@link
 * BrokenPoolException} when its worker JVMs cannot be kept running. Work that cannot travel to a
 * worker JVM or node is submitted, and fails with {@link TaskSerializationException}.
 *
 * <p><b>Life cycle:</b> {@code shutdown} of one pool rejects everybody and finishes accepted tasks;
 * {@code shutdownNow} also cancels queued and running ones; both may be called at any time and
 * again.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Pool extends ExecutorService, AutoCloseable {

  /**
   * The pool's name.
   *
   * @return as declared
   */
  String name();

  /**
   * What the workers are.
   *
   * @return the kind after all configuration was merged
   */
  PoolKind kind();

  /**
   * What the pool does now and has done.
   *
   * @return a snapshot
   */
  PoolStats stats();

  /**
   * The tasks that run now, elements of batches included.
   *
   * @return a snapshot
   */
  List<TaskView> tasks();

  /**
   * The workers there are now: threads, worker JVMs or worker nodes.
   *
   * @return a snapshot
   */
  List<WorkerView> workers();

  @CanIgnoreReturnValue
  @Override
  <T extends @Nullable Object> Task<T> submit(Callable<T> work);

  @CanIgnoreReturnValue
  @Override
  @SuppressWarnings("NullAway") // The result of a Runnable is null, as its type says.
  @LowPriorityInOverloadResolution // or Kotlin cannot choose for submit { 42 }
  default Task<?> submit(Runnable work) {
    return this.<@Nullable Object>submit(work, null);
  }

  @CanIgnoreReturnValue
  @Override
  <T extends @Nullable Object> Task<T> submit(Runnable work, T result);

  /**
   * Submits work that can travel; the overload that lambdas with a result pick.
   *
   * @param work run once, on a worker
   * @param <T> the result
   * @return its task
   */
  @CanIgnoreReturnValue
  default <T extends @Nullable Object> Task<T> submit(Job<T> work) {
    return submit((Callable<T>) work);
  }

  /**
   * Submits work that can travel; the overload that lambdas without a result pick.
   *
   * @param work run once, on a worker
   * @return its task; the result is null
   */
  @CanIgnoreReturnValue
  @LowPriorityInOverloadResolution // or Kotlin cannot choose for submit { 42 }
  default Task<?> submit(Action work) {
    return submit((Runnable) work);
  }

  /**
   * Makes a view of this pool, whose submitted work has other options:
   *
   * <pre>{@code
   * pool.with(CallOption.timeout(Duration.ofSeconds(2))).submit(work);
   * }</pre>
   *
   * <p>The options reach each task and each element of a batch that is submitted through the view,
   * but not what a process pool runs in this JVM, which is {@link #execute} and stages. All else of
   * the view, its life cycle too, is that of this pool.
   *
   * @param options a later one overrides an earlier one, and those of this view
   * @return cheap; need not be closed
   */
  Pool with(CallOption... options);

  /**
   * Maps a function over many inputs. A collection is submitted piece by piece without anybody
   * iterating; of any other iterable the first elements are taken in this call, the others by the
   * thread that iterates the batch.
   *
   * <p>A worker JVM gets a copy of the function for each chunk, apart from the inputs, and has its
   * elements run by that copy one after another.
   *
   * @param fn run once for each input, on a worker
   * @param inputs read once; may be infinite when it is no collection
   * @param options chunk size, buffer, time limit and so on; a later one overrides an earlier one
   * @param <A> the input
   * @param <R> the result
   * @return results in input order
   */
  <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      JobFunction<? super A, ? extends R> fn, Iterable<? extends A> inputs, MapOption... options);

  /**
   * Shuts the pool down and waits until every accepted task is done. An interrupt stops the pool,
   * goes on waiting, and restores the flag. A second call does nothing more.
   *
   * @throws IllegalStateException when called by a worker of the same {@link Pools}, which would
   *     wait for itself
   */
  @Override
  void close();
}

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
 * ExecutorService} whose futures are {@link Task}s. No worker starts before the first task, unless
 * the pool is configured to prestart.
 *
 * <p><b>Threads:</b> thread-safe. A submit under {@code BLOCK} waits while the pool is saturated,
 * unless it comes from a worker or callback thread of the same {@link Pools}.
 *
 * <p><b>Errors:</b> {@code submit}, {@code execute} and {@code map} throw {@link
 * PoolSaturatedException} if the pool is saturated under {@code REJECT}; {@link
 * RejectedExecutionException} if the pool is shut down, or a wait for a place is ended by an
 * interrupt or a shutdown; {@link BrokenPoolException} if its worker JVMs cannot be kept running.
 * Work that cannot be sent to a worker JVM or node is accepted, and its task fails with {@link
 * TaskSerializationException}.
 *
 * <p><b>Life cycle:</b> {@code shutdown} of one pool rejects every new task and finishes accepted
 * ones; {@code shutdownNow} also cancels queued and running ones; both may be called at any time
 * and repeatedly.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Pool extends ExecutorService, AutoCloseable {

  /**
   * The name of the pool.
   *
   * @return the name as declared
   */
  String name();

  /**
   * The kind of the workers.
   *
   * @return the kind after all configuration was merged
   */
  PoolKind kind();

  /**
   * Figures of what the pool is doing and has done.
   *
   * @return a snapshot
   */
  PoolStats stats();

  /**
   * The tasks that are running, including elements of batches.
   *
   * @return a snapshot
   */
  List<TaskView> tasks();

  /**
   * The current workers: threads, worker JVMs or worker nodes.
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
   * Submits work that can be sent to a worker JVM. Lambdas with a result select this overload.
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
   * Submits work that can be sent to a worker JVM. Lambdas without a result select this overload.
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
   * Creates a view of this pool that submits with the given options:
   *
   * <pre>{@code
   * pool.with(CallOption.timeout(Duration.ofSeconds(2))).submit(work);
   * }</pre>
   *
   * <p>The options apply to each task and each batch element submitted through the view, but not to
   * what a process pool runs in this JVM: {@link #execute} and stages. Everything else, including
   * the life cycle, is shared with this pool.
   *
   * @param options a later option overrides an earlier one, and those of this view
   * @return a cheap view that need not be closed
   */
  Pool with(CallOption... options);

  /**
   * Maps a function over many inputs. A collection is submitted piece by piece even if nobody
   * iterates the batch. Of any other iterable, the first elements are read in this call, and the
   * others by the thread that iterates the batch.
   *
   * <p>A worker JVM receives one copy of the function for each chunk, separate from the inputs, and
   * runs the elements of the chunk one after another with that copy.
   *
   * @param fn run once for each input, on a worker
   * @param inputs read once; may be infinite if it is not a collection
   * @param options chunk size, buffer, time limit and so on; a later option overrides an earlier
   *     one
   * @param <A> the input
   * @param <R> the result
   * @return results in input order
   */
  <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      JobFunction<? super A, ? extends R> fn, Iterable<? extends A> inputs, MapOption... options);

  /**
   * Shuts the pool down and waits until every accepted task is done. If the calling thread is
   * interrupted, the pool is stopped, the wait goes on, and the interrupt flag is restored at the
   * end. A second call only waits.
   *
   * @throws IllegalStateException if called by a worker of the same {@link Pools}, which would wait
   *     for itself
   */
  @Override
  void close();
}

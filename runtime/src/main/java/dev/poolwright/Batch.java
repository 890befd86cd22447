package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One method mapped over many inputs, with a {@link Task} for each element. Elements end
 * independently: a failure, a time limit or a cancel affects only its own element, and the others
 * go on.
 *
 * <p><b>Shape:</b> results come in input order; null results are allowed. Each element is handed
 * out once: {@link #iterator()}, {@link #tasks()}, {@link #asCompleted()}, {@link #toList()} and
 * {@link #stream()} each take the elements that the others have not taken yet. The batch keeps no
 * reference to an element after handing it out.
 *
 * <p><b>Threads:</b> thread-safe; one thread iterates at a time. Inputs that are not a collection
 * are read by the thread that iterates.
 *
 * <p><b>Errors:</b> handing out a failed element throws {@link CompletionException} with the
 * failure as its cause, and handing out a cancelled one throws {@link CancellationException};
 * iteration may go on afterwards. At the time limit of the batch the remaining elements are
 * cancelled, the next element throws {@link WaitTimeoutException}, and there are no more. After a
 * cancel, or a stop of the pool, inputs that were not read count as cancelled elements as well; if
 * their number is unknown, a single element represents all of them.
 *
 * @param <T> the result of one element
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Batch<T extends @Nullable Object> extends Iterable<T>, AutoCloseable {

  /**
   * The results in input order.
   *
   * @return always the same iterator; {@code next()} waits for its element
   */
  @Override
  Iterator<T> iterator();

  /**
   * The tasks of the elements in input order, done or not.
   *
   * @return an iterable that hands out each task as soon as it exists
   */
  Iterable<Task<T>> tasks();

  /**
   * The tasks of the elements in the order in which they end.
   *
   * @return an iterable of done tasks
   */
  Iterable<Task<T>> asCompleted();

  /**
   * Waits for every element.
   *
   * @return results in input order; unmodifiable
   * @throws CompletionException if an element failed; the cause is the failure of the first one in
   *     input order
   * @throws CancellationException if no element failed but one was cancelled
   * @throws WaitTimeoutException if the batch reached its own time limit
   */
  @CanIgnoreReturnValue
  List<T> toList();

  /**
   * A stream of the results in input order, each taken when the stream needs it. Closing the stream
   * closes the batch.
   *
   * @return a sequential stream
   */
  Stream<T> stream();

  /**
   * The progress of the batch.
   *
   * @return a snapshot
   */
  BatchProgress progress();

  /**
   * Cancels every element that is not done, and reads no further inputs. A second call does
   * nothing.
   */
  void cancel();

  /** Does the same as {@link #cancel()}. */
  @Override
  void close();
}

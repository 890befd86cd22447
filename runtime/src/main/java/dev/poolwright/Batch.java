package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One method mapped over many inputs, each element a {@link Task} of its own. Elements end one by
 * one: a failure, a time limit or a cancel belongs to its element, and the others go on.
 *
 * <p><b>Shape:</b> results come in input order; null results are allowed. The elements are handed
 * out once: each of {@link #iterator()}, {@link #tasks()}, {@link #asCompleted()}, {@link
 * #toList()} and {@link #stream()} takes what the others have not taken yet. What was handed out is
 * no longer held.
 *
 * <p><b>Threads:</b> thread-safe; one thread iterates at a time. Inputs that are no collection are
 * pulled by the thread that iterates.
 *
 * <p><b>Errors:</b> a failed element throws {@link CompletionException} with its failure as the
 * cause, a cancelled one {@link CancellationException}, where it is handed out; iteration may go on
 * afterwards. At the batch's own time limit the rest is cancelled and the next element throws
 * {@link WaitTimeoutException}, after which there are no more. After a cancel, or a stop of the
 * pool, inputs that were not taken are cancelled elements as well; where their number is not known,
 * one stands for them all.
 *
 * @param <T> the result of one element
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface Batch<T extends @Nullable Object> extends Iterable<T>, AutoCloseable {

  /**
   * Results in input order.
   *
   * @return waits in {@code next()} for its element; always the same iterator
   */
  @Override
  Iterator<T> iterator();

  /**
   * Elements in input order, done or not.
   *
   * @return hands out each task as soon as it exists
   */
  Iterable<Task<T>> tasks();

  /**
   * Elements in the order in which they end.
   *
   * @return each done
   */
  Iterable<Task<T>> asCompleted();

  /**
   * Waits for every element.
   *
   * @return results in input order; unmodifiable
   * @throws CompletionException with the failure of the first element, in input order, that failed
   * @throws CancellationException if none failed, and one was cancelled
   * @throws WaitTimeoutException if the batch reached its own time limit
   */
  @CanIgnoreReturnValue
  List<T> toList();

  /**
   * Results in input order, one by one as they are taken. Closing the stream closes the batch.
   *
   * @return sequential
   */
  Stream<T> stream();

  /**
   * How far the batch is.
   *
   * @return a snapshot
   */
  BatchProgress progress();

  /**
   * Cancels every element that is not done, and takes no further inputs. A second call does
   * nothing.
   */
  void cancel();

  /** As {@link #cancel()}. */
  @Override
  void close();
}

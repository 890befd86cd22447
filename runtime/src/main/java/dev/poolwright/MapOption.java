package dev.poolwright;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An option of mapping a method over many inputs. Pass as many options as needed; a later one
 * overrides an earlier one of the same kind.
 *
 * <pre>{@code
 * crawler.getAll(urls, MapOption.chunkSize(10), MapOption.timeout(Duration.ofMinutes(1)))
 * }</pre>
 *
 * <p><b>Shape:</b> immutable.
 */
public sealed interface MapOption {

  /**
   * Sets the chunk size: how many inputs one task takes. Without this option the size adapts to
   * about 200 ms of work, so that tiny calls share a chunk and slow ones do not. On a thread pool,
   * calls of a method that returns a stage never share a chunk, since each stage occupies the place
   * of a worker.
   *
   * @param inputs 1 or more
   * @return the option
   * @throws IllegalArgumentException if {@code inputs} is less than 1
   */
  static MapOption chunkSize(int inputs) {
    return new ChunkSize(inputs);
  }

  /**
   * Limits how far the batch runs ahead: for a collection, the number of elements submitted but not
   * yet done; for other inputs, elements that are done but not yet taken count as well. Without
   * this option the limit is two chunks for each worker.
   *
   * @param elements 1 or more
   * @return the option
   * @throws IllegalArgumentException if {@code elements} is less than 1
   */
  static MapOption buffer(int elements) {
    return new Buffer(elements);
  }

  /**
   * Limits the time of the whole batch, counted from the call that created it. For a limit on each
   * element see {@link CallOption#timeout}.
   *
   * @param limit zero or more
   * @return the option
   * @throws IllegalArgumentException if {@code limit} is negative
   */
  static MapOption timeout(Duration limit) {
    return new Timeout(limit);
  }

  /**
   * Cancels the remaining elements as soon as one fails.
   *
   * @return the option
   */
  static MapOption failFast() {
    return new FailFast();
  }

  /**
   * Reports the progress of the batch to a listener after elements ended, on a thread of the
   * framework, never on two at once. In the last report everything is done.
   *
   * @param listener receives each report
   * @return the option
   */
  static MapOption progress(Consumer<? super BatchProgress> listener) {
    return new Progress(listener);
  }

  /**
   * The option of {@link MapOption#chunkSize}.
   *
   * @param inputs 1 or more
   */
  record ChunkSize(int inputs) implements MapOption {
    /**
     * Checks the size.
     *
     * @param inputs 1 or more
     * @throws IllegalArgumentException if {@code inputs} is less than 1
     */
    public ChunkSize {
      checkAtLeastOne("chunkSize", inputs);
    }
  }

  /**
   * The option of {@link MapOption#buffer}.
   *
   * @param elements 1 or more
   */
  record Buffer(int elements) implements MapOption {
    /**
     * Checks the size.
     *
     * @param elements 1 or more
     * @throws IllegalArgumentException if {@code elements} is less than 1
     */
    public Buffer {
      checkAtLeastOne("buffer", elements);
    }
  }

  /**
   * The option of {@link MapOption#timeout}.
   *
   * @param limit zero or more
   */
  record Timeout(Duration limit) implements MapOption {
    /**
     * Checks the limit.
     *
     * @param limit zero or more
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Timeout {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("timeout is " + limit + "; must be zero or more");
      }
    }
  }

  /** The option of {@link MapOption#failFast}. */
  record FailFast() implements MapOption {}

  /**
   * The option of {@link MapOption#progress}.
   *
   * @param listener receives each report
   */
  record Progress(Consumer<? super BatchProgress> listener) implements MapOption {
    /**
     * Checks that there is a listener.
     *
     * @param listener receives each report
     */
    public Progress {
      Objects.requireNonNull(listener, "listener");
    }
  }

  private static void checkAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be 1 or more");
    }
  }
}

package dev.poolwright;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a method is mapped over many inputs. Pass as many options as needed; a later one overrides an
 * earlier one of the same kind.
 *
 * <pre>{@code
 * crawler.getAll(urls, MapOption.chunkSize(10), MapOption.timeout(Duration.ofMinutes(1)))
 * }</pre>
 *
 * <p><b>Shape:</b> immutable.
 */
public sealed interface MapOption {

  /**
   * Fixes how many inputs one worker takes at once. Without it the size adapts to about 200 ms of
   * work, so that tiny calls are packed and slow ones are not. On a thread pool calls of a method
   * that returns a stage are never packed, since each stage keeps a worker's place.
   *
   * @param inputs 1 or more
   * @return the option
   * @throws IllegalArgumentException if {@code inputs} is less than 1
   */
  static MapOption chunkSize(int inputs) {
    return new ChunkSize(inputs);
  }

  /**
   * Bounds how far the batch runs ahead: of collections, how many elements are submitted and not
   * yet done; of other inputs, those that are done and not yet taken count as well. Without it: two
   * chunks for each worker.
   *
   * @param elements 1 or more
   * @return the option
   * @throws IllegalArgumentException if {@code elements} is less than 1
   */
  static MapOption buffer(int elements) {
    return new Buffer(elements);
  }

  /**
   * Limits the whole batch, counted from the call that made it. For a limit on each element see
   * {@link CallOption#timeout}.
   *
   * @param limit zero or more
   * @return the option
   * @throws IllegalArgumentException if {@code limit} is negative
   */
  static MapOption timeout(Duration limit) {
    return new Timeout(limit);
  }

  /**
   * Cancels the rest as soon as one element fails.
   *
   * @return the option
   */
  static MapOption failFast() {
    return new FailFast();
  }

  /**
   * Tells a listener how far the batch is, after elements ended, on a thread of the framework,
   * never on two at once. The last report has everything done.
   *
   * @param listener gets each report
   * @return the option
   */
  static MapOption progress(Consumer<? super BatchProgress> listener) {
    return new Progress(listener);
  }

  /**
   * Made by {@link MapOption#chunkSize}.
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
   * Made by {@link MapOption#buffer}.
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
   * Made by {@link MapOption#timeout}.
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

  /** Made by {@link MapOption#failFast}. */
  record FailFast() implements MapOption {}

  /**
   * Made by {@link MapOption#progress}.
   *
   * @param listener gets each report
   */
  record Progress(Consumer<? super BatchProgress> listener) implements MapOption {
    /**
     * Checks that there is a listener.
     *
     * @param listener gets each report
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

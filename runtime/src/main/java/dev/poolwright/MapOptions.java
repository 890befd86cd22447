package dev.poolwright;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a method is mapped over many inputs. Each factory makes one option; pass as many as needed.
 *
 * <pre>{@code
 * crawler.getAll(urls, MapOptions.chunkSize(10), MapOptions.timeout(Duration.ofMinutes(1)));
 * }</pre>
 *
 * <p><b>Shape:</b> immutable.
 */
public final class MapOptions {

  /** No option set. */
  private static final MapOptions NONE = new MapOptions(null, null, null, false, null);

  private final @Nullable Integer chunkSize;
  private final @Nullable Integer buffer;
  private final @Nullable Duration timeout;
  private final boolean failFast;
  private final @Nullable Consumer<? super BatchProgress> listener;

  private MapOptions(
      @Nullable Integer chunkSize,
      @Nullable Integer buffer,
      @Nullable Duration timeout,
      boolean failFast,
      @Nullable Consumer<? super BatchProgress> listener) {
    this.chunkSize = chunkSize;
    this.buffer = buffer;
    this.timeout = timeout;
    this.failFast = failFast;
    this.listener = listener;
  }

  /**
   * Fixes how many inputs one worker takes at once. Without it the size adapts to about 200 ms of
   * work, so that tiny calls are packed and slow ones are not.
   *
   * @param inputs 1 or more
   * @return the option
   * @throws IllegalArgumentException when less than 1
   */
  public static MapOptions chunkSize(int inputs) {
    return new MapOptions(atLeastOne("chunkSize", inputs), null, null, false, null);
  }

  /**
   * Bounds how far the batch runs ahead: of collections, how many elements are submitted and not
   * yet done; of other inputs, those that are done and not yet taken count as well. Without it: two
   * chunks for each worker.
   *
   * @param elements 1 or more
   * @return the option
   * @throws IllegalArgumentException when less than 1
   */
  public static MapOptions buffer(int elements) {
    return new MapOptions(null, atLeastOne("buffer", elements), null, false, null);
  }

  /**
   * Limits the whole batch, counted from the call that made it.
   *
   * @param limit zero or more
   * @return the option
   * @throws IllegalArgumentException when negative
   */
  public static MapOptions timeout(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("timeout is " + limit + "; must be zero or more");
    }
    return new MapOptions(null, null, limit, false, null);
  }

  /**
   * Cancels the rest as soon as one element fails.
   *
   * @return the option
   */
  public static MapOptions failFast() {
    return new MapOptions(null, null, null, true, null);
  }

  /**
   * Tells a listener how far the batch is, after elements ended, on a thread of the framework,
   * never on two at once. The last report has everything done.
   *
   * @param listener gets each report
   * @return the option
   */
  public static MapOptions progress(Consumer<? super BatchProgress> listener) {
    return new MapOptions(null, null, null, false, listener);
  }

  /**
   * All of several options in one.
   *
   * @param options a later one overrides an earlier one
   * @return the sum
   */
  public static MapOptions all(MapOptions... options) {
    MapOptions sum = NONE;
    for (MapOptions next : options) {
      sum =
          new MapOptions(
              next.chunkSize != null ? next.chunkSize : sum.chunkSize,
              next.buffer != null ? next.buffer : sum.buffer,
              next.timeout != null ? next.timeout : sum.timeout,
              next.failFast || sum.failFast,
              next.listener != null ? next.listener : sum.listener);
    }
    return sum;
  }

  /**
   * The fixed chunk size.
   *
   * @return empty when it adapts
   */
  public OptionalInt chunkSize() {
    return chunkSize == null ? OptionalInt.empty() : OptionalInt.of(chunkSize);
  }

  /**
   * The buffer.
   *
   * @return empty for the default
   */
  public OptionalInt buffer() {
    return buffer == null ? OptionalInt.empty() : OptionalInt.of(buffer);
  }

  /**
   * The time limit of the whole batch.
   *
   * @return empty for none
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * Whether the first failure cancels the rest.
   *
   * @return whether it does
   */
  public boolean isFailFast() {
    return failFast;
  }

  /**
   * The progress listener.
   *
   * @return empty for none
   */
  public Optional<Consumer<? super BatchProgress>> progress() {
    return Optional.ofNullable(listener);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be 1 or more");
    }
    return value;
  }
}

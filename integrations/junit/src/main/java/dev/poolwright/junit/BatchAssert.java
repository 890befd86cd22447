package dev.poolwright.junit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.Batch;
import dev.poolwright.BatchProgress;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a batch. Those on its progress do not wait, and take no elements.
 *
 * @param <T> the result of one element
 */
public final class BatchAssert<T extends @Nullable Object>
    extends AbstractAssert<BatchAssert<T>, @Nullable Batch<T>> {

  BatchAssert(@Nullable Batch<T> actual) {
    super(actual, BatchAssert.class);
  }

  private BatchProgress progress() {
    isNotNull();
    return Objects.requireNonNull(actual).progress();
  }

  /**
   * Verifies how many elements have ended, in any way.
   *
   * @param expected the number of elements, zero or more
   * @return this
   */
  @CanIgnoreReturnValue
  public BatchAssert<T> hasDone(long expected) {
    return has("elements that ended", progress().done(), expected);
  }

  /**
   * Verifies how many elements have failed or were cancelled.
   *
   * @param expected the number of elements, zero or more
   * @return this
   */
  @CanIgnoreReturnValue
  public BatchAssert<T> hasFailed(long expected) {
    return has("elements that failed or were cancelled", progress().failed(), expected);
  }

  /**
   * Verifies that every element has ended. The number of elements must be known.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  public BatchAssert<T> isFinished() {
    BatchProgress now = progress();
    if (now.total().isEmpty() || now.total().getAsLong() != now.done()) {
      throw failure("Expected every element to have ended, but the batch is at %s", now);
    }
    return this;
  }

  private BatchAssert<T> has(String what, long now, long expected) {
    if (now != expected) {
      throw failureWithActualExpected(
          now, expected, "Expected %s %s, but there are %s", expected, what, now);
    }
    return this;
  }

  /**
   * Waits for the results not taken yet, and takes them, in input order.
   *
   * @return assertions on the list
   */
  @CanIgnoreReturnValue
  public ListAssert<T> results() {
    isNotNull();
    List<T> all = Objects.requireNonNull(actual).toList();
    return Assertions.assertThat(all).as("results of the batch");
  }
}

package dev.poolwright.junit;

import dev.poolwright.Batch;
import dev.poolwright.Task;
import org.jspecify.annotations.Nullable;

/** Assertions for AssertJ, which whoever uses them has to have as a dependency of his own. */
public final class PoolwrightAssertions {

  private PoolwrightAssertions() {}

  /**
   * Asserts on a task. Never waits, and observes a failure only where it asks for it.
   *
   * @param actual any
   * @param <T> its result
   * @return what can be asserted
   */
  public static <T extends @Nullable Object> TaskAssert<T> assertThat(@Nullable Task<T> actual) {
    return new TaskAssert<>(actual);
  }

  /**
   * Asserts on a batch.
   *
   * @param actual any
   * @param <T> the result of one element
   * @return what can be asserted
   */
  public static <T extends @Nullable Object> BatchAssert<T> assertThat(@Nullable Batch<T> actual) {
    return new BatchAssert<>(actual);
  }
}

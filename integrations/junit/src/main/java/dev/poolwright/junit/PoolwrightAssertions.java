package dev.poolwright.junit;

import dev.poolwright.Batch;
import dev.poolwright.Task;
import org.jspecify.annotations.Nullable;

/** AssertJ assertions for tasks and batches. They require AssertJ as a dependency of the test. */
public final class PoolwrightAssertions {

  private PoolwrightAssertions() {}

  /**
   * Starts assertions on a task. They never wait, and observe a failure only if they ask for it.
   *
   * @param actual any task, or null
   * @param <T> the result of the task
   * @return the assertions
   */
  public static <T extends @Nullable Object> TaskAssert<T> assertThat(@Nullable Task<T> actual) {
    return new TaskAssert<>(actual);
  }

  /**
   * Starts assertions on a batch.
   *
   * @param actual any batch, or null
   * @param <T> the result of one element
   * @return the assertions
   */
  public static <T extends @Nullable Object> BatchAssert<T> assertThat(@Nullable Batch<T> actual) {
    return new BatchAssert<>(actual);
  }
}

package dev.poolwright.junit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a task. None of them waits.
 *
 * @param <T> the result
 */
public final class TaskAssert<T extends @Nullable Object>
    extends AbstractAssert<TaskAssert<T>, @Nullable Task<T>> {

  TaskAssert(@Nullable Task<T> actual) {
    super(actual, TaskAssert.class);
  }

  private Task<T> task() {
    isNotNull();
    return Objects.requireNonNull(actual);
  }

  /**
   * Verifies that the task has a status.
   *
   * @param expected the status
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> hasStatus(TaskStatus expected) {
    Task<T> task = task();
    TaskStatus now = task.status();
    if (now != expected) {
      AssertionError error =
          failure("Expected %s to be %s, but it is %s", task.name(), expected, now);
      if (now == TaskStatus.FAILED) {
        error.addSuppressed(task.exceptionNow());
      }
      throw error;
    }
    return this;
  }

  /**
   * Verifies that the task waits for a worker, or for the test.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> isQueued() {
    return hasStatus(TaskStatus.QUEUED);
  }

  /**
   * Verifies that the task was begun and is not done.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> isRunning() {
    return hasStatus(TaskStatus.RUNNING);
  }

  /**
   * Verifies that the task was cancelled.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> isCancelled() {
    return hasStatus(TaskStatus.CANCELLED);
  }

  /**
   * Verifies that the task is done and has a result.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> hasSucceeded() {
    return hasStatus(TaskStatus.SUCCEEDED);
  }

  /**
   * Verifies that the task is done and has a given result.
   *
   * @param expected an object equal to the result
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> hasResult(@Nullable Object expected) {
    hasSucceeded();
    T result = task().resultNow();
    if (!Objects.deepEquals(result, expected)) {
      throw failureWithActualExpected(
          result,
          expected,
          "Expected %s to have the result %s, but it has %s",
          task().name(),
          expected,
          result);
    }
    return this;
  }

  /**
   * Verifies that the task has failed. This counts as observing the failure.
   *
   * @return assertions on the failure
   */
  @CanIgnoreReturnValue
  public AbstractThrowableAssert<?, ? extends Throwable> hasFailed() {
    hasStatus(TaskStatus.FAILED);
    return Assertions.assertThat(task().exceptionNow()).as("failure of %s", task().name());
  }

  /**
   * Verifies that the task has a name.
   *
   * @param expected a name such as {@code "Crawler.get(String)"}
   * @return this
   */
  @CanIgnoreReturnValue
  public TaskAssert<T> hasName(String expected) {
    if (!task().name().equals(expected)) {
      throw failureWithActualExpected(
          task().name(), expected, "Expected the name %s, but it is %s", expected, task().name());
    }
    return this;
  }
}

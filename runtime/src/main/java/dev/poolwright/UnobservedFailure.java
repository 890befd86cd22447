package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a task that nobody asked for its outcome.
 *
 * <p>Made by Poolwright alone; later versions may tell more.
 *
 * <p><b>Shape:</b> immutable.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface UnobservedFailure {

  /**
   * The task.
   *
   * @return its name
   */
  String task();

  /**
   * The task's pool.
   *
   * @return its name
   */
  String pool();

  /**
   * What the task failed with.
   *
   * @return the exception; for one that may refer to its own task, as one of an inner class does,
   *     one that prints as it does
   */
  Throwable cause();

  /**
   * Where the task was submitted.
   *
   * @return with {@code -Dpoolwright.submit-sites=true}; else null
   */
  @Nullable StackTraceElement submitSite();
}

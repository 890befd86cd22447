package dev.poolwright;

/**
 * Thrown when the time limit of a {@link Batch} or of {@link Tasks} passes before all tasks are
 * done. Unchecked, since iterators cannot throw a {@link java.util.concurrent.TimeoutException}; a
 * timeout thrown by a task itself arrives as the cause of that task's failure, and is never
 * confused with this exception.
 */
public final class WaitTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * For waits.
   *
   * @param message how many tasks are unfinished, as in {@code "2 (of 4) tasks unfinished"}
   */
  public WaitTimeoutException(String message) {
    super(message);
  }
}

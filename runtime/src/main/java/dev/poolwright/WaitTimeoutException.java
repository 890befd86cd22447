package dev.poolwright;

/**
 * The time limit of a {@link Batch} or of {@link Tasks} has passed before all were done. Unchecked,
 * since iterators cannot throw a {@link java.util.concurrent.TimeoutException}; a timeout that a
 * task itself threw arrives as the cause of its own failure and is never confused with this.
 */
public final class WaitTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Made by waits.
   *
   * @param message how many are unfinished, as in {@code "2 (of 4) tasks unfinished"}
   */
  public WaitTimeoutException(String message) {
    super(message);
  }
}

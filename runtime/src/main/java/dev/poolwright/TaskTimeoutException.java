package dev.poolwright;

import java.util.concurrent.TimeoutException;

/**
 * A task ran longer than its own limit and was stopped. A plain {@link TimeoutException} is a wait
 * that timed out while the task goes on.
 */
public final class TaskTimeoutException extends TimeoutException {
  private static final long serialVersionUID = 1;

  /**
   * Made by pools.
   *
   * @param message names the task, the limit, and where the limit came from
   */
  public TaskTimeoutException(String message) {
    super(message);
  }
}

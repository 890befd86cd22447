package dev.poolwright;

import java.util.concurrent.RejectedExecutionException;

/** A submit was refused because every worker is busy and the queue is full. */
public final class PoolSaturatedException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  /**
   * Made by pools under {@code REJECT}.
   *
   * @param message names the pool, the task, and the numbers
   */
  public PoolSaturatedException(String message) {
    super(message);
  }
}

package dev.poolwright;

import java.util.concurrent.RejectedExecutionException;

/** Thrown when a submit is refused because every worker is busy and the queue is full. */
public final class PoolSaturatedException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  /**
   * For pools under {@code REJECT}.
   *
   * @param message names the pool, the task, the running and queued tasks, and the capacity
   */
  public PoolSaturatedException(String message) {
    super(message);
  }
}

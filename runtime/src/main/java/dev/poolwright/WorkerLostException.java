package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * The worker node that had the task is gone, or cannot be reached. The task may have run, in part
 * or to its end; it runs nowhere else, unless it has retries.
 */
public final class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String worker;

  /**
   * Made by cluster pools.
   *
   * @param message names the task, the pool, the node and what happened to it
   * @param worker the node
   * @param cause what the transport said, or null
   */
  public WorkerLostException(String message, String worker, @Nullable Throwable cause) {
    super(message, cause);
    this.worker = worker;
  }

  /**
   * The node that had the task.
   *
   * @return as the transport names it
   */
  public String worker() {
    return worker;
  }
}

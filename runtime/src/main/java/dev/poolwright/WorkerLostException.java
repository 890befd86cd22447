package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the worker node that had a task is gone, or cannot be reached. The task may have run,
 * partly or to its end; it is not run on another node unless it has retries.
 */
public final class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String worker;

  /**
   * For cluster pools.
   *
   * @param message names the task, the pool, the node and what happened to it
   * @param worker the node
   * @param cause the exception of the transport; null if there is none
   */
  public WorkerLostException(String message, String worker, @Nullable Throwable cause) {
    super(message, cause);
    this.worker = worker;
  }

  /**
   * The node that had the task.
   *
   * @return its name in the transport
   */
  public String worker() {
    return worker;
  }
}

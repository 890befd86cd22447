package dev.poolwright;

/**
 * Thrown when no worker node could take a task within the time that its pool waits for one. The
 * task has not run.
 */
public final class NoWorkerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * For cluster pools.
   *
   * @param message names the task, the pool, how long the task waited, and what is known of the
   *     nodes
   */
  public NoWorkerException(String message) {
    super(message);
  }
}

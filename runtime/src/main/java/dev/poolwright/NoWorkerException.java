package dev.poolwright;

/**
 * For as long as a pool waits for one, there was no worker node that could take the task. It has
 * not run.
 */
public final class NoWorkerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Made by cluster pools.
   *
   * @param message names the task, the pool, how long it waited, and what is known of the nodes
   */
  public NoWorkerException(String message) {
    super(message);
  }
}

package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a worker JVM could not be started, or its initializer failed. The message contains
 * what the worker JVM printed or reported.
 */
public final class WorkerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * For process pools.
   *
   * @param message names the pool, and what the worker JVM printed or reported
   * @param cause the cause; null if there is none
   */
  public WorkerStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

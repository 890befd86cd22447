package dev.poolwright;

import org.jspecify.annotations.Nullable;

/** A worker JVM could not be started, or its initializer failed. The message has its own words. */
public final class WorkerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Made by process pools.
   *
   * @param message names the pool, and what the worker JVM printed or reported
   * @param cause why, or null
   */
  public WorkerStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.poolwright;

import org.jspecify.annotations.Nullable;

/** The worker JVM that ran the task ended by itself. Fails that one task; the pool lives on. */
public final class WorkerCrashedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final WorkerCrash crash;

  /**
   * Made by process pools.
   *
   * @param message names the pool, the task, the pid and how the worker ended
   * @param crash the facts
   * @param cause for instance the stack that called {@code System.exit}, or null
   */
  public WorkerCrashedException(String message, WorkerCrash crash, @Nullable Throwable cause) {
    super(message, cause);
    this.crash = crash;
  }

  /**
   * How the worker JVM ended.
   *
   * @return the facts
   */
  public WorkerCrash crash() {
    return crash;
  }
}

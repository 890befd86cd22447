package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the worker JVM that ran a task ended by itself. Only that task fails; the pool goes
 * on.
 */
public final class WorkerCrashedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final WorkerCrash crash;

  /**
   * For process pools.
   *
   * @param message names the pool, the task, the pid and how the worker ended
   * @param crash the facts
   * @param cause the cause, for instance the stack that called {@code System.exit}; null if there
   *     is none
   */
  public WorkerCrashedException(String message, WorkerCrash crash, @Nullable Throwable cause) {
    super(message, cause);
    this.crash = crash;
  }

  /**
   * The facts about the end of the worker JVM.
   *
   * @return the facts
   */
  public WorkerCrash crash() {
    return crash;
  }
}

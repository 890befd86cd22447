package dev.poolwright;

import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Thrown when a task ran longer than its own time limit and was stopped. A plain {@link
 * TimeoutException} means that a wait timed out while the task goes on.
 */
public final class TaskTimeoutException extends TimeoutException {
  private static final long serialVersionUID = 1;

  /** Whether the stack trace is that of the run. */
  private final boolean hasRunStack;

  /**
   * For pools.
   *
   * @param message names the task, the limit, and where the limit came from
   */
  public TaskTimeoutException(String message) {
    this(message, List.of());
  }

  /**
   * For pools.
   *
   * @param message names the task, the limit, and where the limit came from
   * @param runStack the stack of the method when the limit passed, innermost frame first; empty if
   *     it is not known
   */
  public TaskTimeoutException(String message, List<StackTraceElement> runStack) {
    super(message);
    hasRunStack = !runStack.isEmpty();
    if (hasRunStack) {
      setStackTrace(runStack.toArray(StackTraceElement[]::new));
    }
  }

  /**
   * Whether {@link #getStackTrace} returns the stack of the method when the limit passed, including
   * in a worker JVM. Otherwise the run was not asked for its stack, or did not answer.
   *
   * @return true if the stack trace is that of the run
   */
  public boolean hasRunStack() {
    return hasRunStack;
  }
}

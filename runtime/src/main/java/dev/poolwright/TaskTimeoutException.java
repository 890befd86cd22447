package dev.poolwright;

import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A task ran longer than its own limit and was stopped. A plain {@link TimeoutException} is a wait
 * that timed out while the task goes on.
 */
public final class TaskTimeoutException extends TimeoutException {
  private static final long serialVersionUID = 1;

  /** Whether the stack trace is that of the run. */
  private final boolean hasRunStack;

  /**
   * Made by pools.
   *
   * @param message names the task, the limit, and where the limit came from
   */
  public TaskTimeoutException(String message) {
    this(message, List.of());
  }

  /**
   * Made by pools.
   *
   * @param message names the task, the limit, and where the limit came from
   * @param runStack what the method did when the limit passed, the innermost frame first; empty
   *     when it is not known
   */
  public TaskTimeoutException(String message, List<StackTraceElement> runStack) {
    super(message);
    hasRunStack = !runStack.isEmpty();
    if (hasRunStack) {
      setStackTrace(runStack.toArray(StackTraceElement[]::new));
    }
  }

  /**
   * Whether {@link #getStackTrace} tells what the method did when the limit passed, also in a
   * worker JVM. It does not where the run gave no answer, or was not asked.
   *
   * @return whether it does
   */
  public boolean hasRunStack() {
    return hasRunStack;
  }
}

package dev.poolwright;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a process pool gives up: its worker JVMs could not be started, or ended abnormally
 * several times in a row without one success. Waiting tasks fail with this exception, and later
 * submits throw it. A pool that never worked stays broken; any other tries again after a pause.
 */
public final class BrokenPoolException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  private final boolean isForGood;

  /**
   * For process pools.
   *
   * @param message names the pool, what happened and how often
   * @param cause the last start failure or crash
   * @param isForGood true if the pool never tries again
   */
  public BrokenPoolException(String message, @Nullable Throwable cause, boolean isForGood) {
    super(message, cause);
    this.isForGood = isForGood;
  }

  /**
   * Whether the pool stays broken because it never worked; otherwise it tries again after a pause.
   *
   * @return true if new pools are needed
   */
  public boolean isForGood() {
    return isForGood;
  }
}

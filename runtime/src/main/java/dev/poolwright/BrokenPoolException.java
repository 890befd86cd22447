package dev.poolwright;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A process pool gave up: its worker JVMs could not be started, or ended abnormally several times
 * in a row without one success. Tasks that waited fail with it, and later submits throw it: from
 * then on when the pool never worked, otherwise until a pause is over, after which it tries again.
 */
public final class BrokenPoolException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  private final boolean isForGood;

  /**
   * Made by process pools.
   *
   * @param message names the pool and how often what happened
   * @param cause the last start failure or crash
   * @param isForGood whether the pool never tries again
   */
  public BrokenPoolException(String message, @Nullable Throwable cause, boolean isForGood) {
    super(message, cause);
    this.isForGood = isForGood;
  }

  /**
   * Whether the pool never tries again, since it never worked; otherwise it does after a pause.
   *
   * @return true when new pools are needed
   */
  public boolean isForGood() {
    return isForGood;
  }
}

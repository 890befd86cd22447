package dev.poolwright;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A process pool gave up: its worker JVMs could not be started, or ended abnormally several times
 * in a row without one success. Tasks that waited fail with it, and later submits throw it.
 */
public final class BrokenPoolException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  /**
   * Made by process pools.
   *
   * @param message names the pool and how often what happened
   * @param cause the last start failure or crash
   */
  public BrokenPoolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

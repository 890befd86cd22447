package dev.poolwright;

/** The status of a {@link Task}. */
public enum TaskStatus {
  /** Waiting for a worker, or for the stage that it is derived from. */
  QUEUED,
  /** Being run by a worker, or waiting for the stage that its method returned. */
  RUNNING,
  /** Done, with a result. */
  SUCCEEDED,
  /**
   * Done, with an exception: thrown by the method, time limit, crash, or completed exceptionally
   * from outside.
   */
  FAILED,
  /** Done, cancelled by somebody or by the end of its pool. */
  CANCELLED;

  /**
   * Whether this status is final.
   *
   * @return true for {@code SUCCEEDED}, {@code FAILED} and {@code CANCELLED}
   */
  public boolean isDone() {
    return compareTo(SUCCEEDED) >= 0;
  }
}

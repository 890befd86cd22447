package dev.poolwright;

/** Where a {@link Task} is. */
public enum TaskStatus {
  /** Waits for a worker, or for the stage that it is derived from. */
  QUEUED,
  /** A worker runs it, or the stage that its method returned has not ended yet. */
  RUNNING,
  /** Done, with a result. */
  SUCCEEDED,
  /** Done, with an exception: thrown, time limit, crash, or completed so from outside. */
  FAILED,
  /** Done, cancelled by somebody or by the end of its pool. */
  CANCELLED;

  /**
   * Whether this status is final.
   *
   * @return true for the last three
   */
  public boolean isDone() {
    return compareTo(SUCCEEDED) >= 0;
  }
}

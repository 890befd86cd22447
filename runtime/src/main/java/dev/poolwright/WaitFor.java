package dev.poolwright;

/** What {@link Tasks} waits for. */
public enum WaitFor {
  /** Until one is done, in whatever way; a cancelled task is done at once. */
  FIRST_COMPLETED,
  /** Until one has failed, or all are done; a cancelled task is no failure. */
  FIRST_FAILURE,
  /** Until all are done. */
  ALL_COMPLETED
}

package dev.poolwright;

/** The condition that {@link Tasks} waits for. */
public enum WaitFor {
  /** Until one task is done, in any way; a cancelled task is done at once. */
  FIRST_COMPLETED,
  /** Until one task has failed, or all are done; a cancelled task is not a failure. */
  FIRST_FAILURE,
  /** Until all tasks are done. */
  ALL_COMPLETED
}

package dev.poolwright.internal.task;

/** How a task ended, for the statistics. */
public enum Outcome {
  SUCCEEDED,
  FAILED,
  CANCELLED
}

package dev.poolwright.internal.task;

/** How a task ended, for the statistics. */
enum Outcome {
  SUCCEEDED,
  FAILED,
  CANCELLED
}

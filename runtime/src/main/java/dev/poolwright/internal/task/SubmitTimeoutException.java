package dev.poolwright.internal.task;

import java.util.concurrent.RejectedExecutionException;

/** A submit waited for room until the time of its caller was over. Users never see it. */
final class SubmitTimeoutException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;
}

package dev.poolwright.internal.pool;

import java.util.concurrent.RejectedExecutionException;

/** A submit waited for room until the time of its caller was over. Users never see it. */
public final class SubmitTimeoutException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;
}

package dev.poolwright.internal.task;

import dev.poolwright.UnobservedFailure;
import org.jspecify.annotations.Nullable;

/** What is kept of a failed task. */
record UnreadFailure(
    String task, String pool, Throwable cause, @Nullable StackTraceElement submitSite)
    implements UnobservedFailure {}

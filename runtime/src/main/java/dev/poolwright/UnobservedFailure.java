package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a task that nobody asked for its outcome.
 *
 * @param task the task's name
 * @param pool the name of its pool
 * @param cause what it failed with; for an exception that may refer to its own task, as one of an
 *     inner class does, one that prints as it does
 * @param submitSite where it was submitted, with {@code -Dpoolwright.submit-sites=true}; else null
 */
public record UnobservedFailure(
    String task, String pool, Throwable cause, @Nullable StackTraceElement submitSite) {}

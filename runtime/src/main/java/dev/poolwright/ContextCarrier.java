package dev.poolwright;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries something that belongs to the calling thread, such as a trace or the fields of a log, to
 * wherever a task runs. It is found by {@link java.util.ServiceLoader}, or given to {@link
 * Pools.Builder#context}.
 *
 * <p>A context is captured once, in the call that submits. The run of the task sees it, and so do
 * its callbacks, {@link Task#onDone}, and the stages made by methods of {@link Task}, on whatever
 * thread they run. All elements of a batch share the context captured when the batch was submitted.
 * What a task submits itself is captured anew, from what is set then.
 *
 * <p>In a worker JVM the context is what {@link #imported} makes of the fields that {@link #export}
 * wrote. The worker makes the carrier itself, by the constructor without parameters of its class.
 * All fields of one call have 8 KiB at most: over that the largest carriers are left out first, and
 * one that has a field {@code traceparent} last.
 *
 * <p><b>Threads:</b> thread-safe. A carrier that blocks holds up the one thread that called it.
 *
 * <p><b>Errors:</b> whatever a carrier does, the outcome of the task is that of its method. What it
 * throws, or does against its contract, is logged once.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface ContextCarrier {

  /**
   * What the carrier is called in messages.
   *
   * @return short, such as {@code "mdc"}
   */
  String name();

  /**
   * Takes what is set on the calling thread, which submits.
   *
   * @return immutable; null when there is nothing to carry
   */
  @Nullable Object capture();

  /**
   * Sets what was captured, runs, and puts back what was set before, however the run ends:
   *
   * <pre>{@code
   * String before = Request.USER.get();
   * Request.USER.set((String) captured);
   * try {
   *   run.run();
   * } finally {
   *   Request.USER.set(before);
   * }
   * }</pre>
   *
   * @param captured by {@link #capture}, or made by {@link #imported}
   * @param run to be run once, on the calling thread; it throws nothing. When it was not run, it is
   *     run afterwards without this carrier; a second run does nothing
   */
  void around(Object captured, Runnable run);

  /**
   * Writes what was captured as text, for another JVM.
   *
   * @param captured by {@link #capture}
   * @return names and values; empty when nothing travels
   */
  default Map<String, String> export(Object captured) {
    return Map.of();
  }

  /**
   * Reads, in another JVM, what {@link #export} wrote.
   *
   * @param fields names and values
   * @return what {@link #around} is to set there; null for nothing
   */
  default @Nullable Object imported(Map<String, String> fields) {
    return null;
  }
}

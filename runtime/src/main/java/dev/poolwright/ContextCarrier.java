package dev.poolwright;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries context of the submitting thread, such as a trace or log fields, to wherever a task runs.
 * Carriers are found by {@link java.util.ServiceLoader}, or added with {@link
 * Pools.Builder#context}.
 *
 * <p>The context is captured once, in the call that submits. It is visible to the run of the task,
 * its callbacks, {@link Task#onDone}, and the stages created by methods of {@link Task}, on
 * whatever thread they run. All elements of a batch share the context captured when the batch was
 * submitted. When a task itself submits a task, the context set at that moment is captured anew.
 *
 * <p>In a worker JVM, {@link #imported} recreates the context from the fields that {@link #export}
 * wrote. The worker JVM creates the carrier by the constructor without parameters of its class. The
 * fields of one call are limited to 8 KiB in total: beyond that, the carriers with the most data
 * are left out first, and one with a field {@code traceparent} last.
 *
 * <p><b>Threads:</b> thread-safe. A carrier that blocks holds up the one thread that called it.
 *
 * <p><b>Errors:</b> a carrier never affects the outcome of a task. Its exceptions and breaches of
 * this contract are logged once.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface ContextCarrier {

  /**
   * The name of the carrier in messages.
   *
   * @return a short name, such as {@code "mdc"}
   */
  String name();

  /**
   * Captures the context of the calling thread, which is the one that submits.
   *
   * @return an immutable object; null if there is nothing to carry
   */
  @Nullable Object capture();

  /**
   * Sets the captured context, runs the given action, and restores the previous context however the
   * action ends:
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
   * @param captured the result of {@link #capture} or {@link #imported}
   * @param run to be run once, on the calling thread; throws nothing. If the carrier does not run
   *     it, it is run afterwards without this carrier; a second run does nothing
   */
  void around(Object captured, Runnable run);

  /**
   * Converts the captured context to text, for another JVM.
   *
   * @param captured the result of {@link #capture}
   * @return names and values; empty if nothing is to be sent
   */
  default Map<String, String> export(Object captured) {
    return Map.of();
  }

  /**
   * Recreates the context, in another JVM, from the fields that {@link #export} wrote.
   *
   * @param fields names and values
   * @return the context for {@link #around}; null for none
   */
  default @Nullable Object imported(Map<String, String> fields) {
    return null;
  }
}

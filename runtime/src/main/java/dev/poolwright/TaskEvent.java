package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PoolListener} is told of a task: one object for each task, which knows more with
 * each event. It may be kept; it holds neither the arguments nor the result.
 *
 * <p>Made by Poolwright alone; later versions add facts.
 *
 * <p><b>Units:</b> the times are as {@link System#nanoTime} counts, or the {@link Time} that the
 * pools were given, and 0 until they are known.
 *
 * <p><b>Threads:</b> thread-safe; what an event tells of is known in its call.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface TaskEvent {

  /**
   * The pool's name.
   *
   * @return as declared
   */
  String pool();

  /**
   * What the pool's workers are.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * The number of the task.
   *
   * @return 1 or more; unique among the tasks of one {@link Pools}
   */
  long number();

  /**
   * The number of the task whose method or callback submitted this one.
   *
   * @return empty when it came from outside
   */
  OptionalLong parent();

  /**
   * The task's name.
   *
   * @return as {@link Task#name()}
   */
  String name();

  /**
   * Where the task is.
   *
   * @return the status that it had last
   */
  TaskStatus status();

  /**
   * What it failed with, or was cancelled or refused by.
   *
   * @return null for none
   */
  @Nullable Throwable failure();

  /**
   * The name of the worker: of its thread, of its worker JVM, or of its worker node.
   *
   * @return null when none runs or ran it
   */
  @Nullable String worker();

  /**
   * The process id of its worker JVM.
   *
   * @return empty when it runs in this JVM, or did not begin
   */
  OptionalLong pid();

  /**
   * When it was submitted.
   *
   * @return nanoseconds, or 0
   */
  long submittedNanos();

  /**
   * When its run began.
   *
   * @return nanoseconds, or 0
   */
  long startedNanos();

  /**
   * When it was done.
   *
   * @return nanoseconds, or 0
   */
  long endedNanos();

  /**
   * When its run was over, callbacks included.
   *
   * @return nanoseconds, or 0
   */
  long runEndedNanos();

  /**
   * How long it waited for a worker; in a task that never ran, until its end.
   *
   * @return zero until it is known
   */
  default Duration waited() {
    long until = startedNanos() == 0 ? endedNanos() : startedNanos();
    return until == 0 || submittedNanos() == 0
        ? Duration.ZERO
        : Duration.ofNanos(until - submittedNanos());
  }

  /**
   * How long it ran until it was done.
   *
   * @return zero until it is known, and when it never ran
   */
  default Duration ran() {
    return startedNanos() == 0 || endedNanos() == 0
        ? Duration.ZERO
        : Duration.ofNanos(endedNanos() - startedNanos());
  }
}

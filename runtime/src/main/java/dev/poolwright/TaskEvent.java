package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a task that a {@link PoolListener} receives: one object for each task, to which
 * each event adds facts. It may be kept; it holds neither the arguments nor the result.
 *
 * <p>Implemented by Poolwright only; later versions may add methods.
 *
 * <p><b>Units:</b> times are on the clock of {@link System#nanoTime}, or of the {@link Time} given
 * to the pools, and 0 until they are known.
 *
 * <p><b>Threads:</b> thread-safe; the facts that belong to an event are known when its method is
 * called.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public interface TaskEvent {

  /**
   * The name of the pool.
   *
   * @return the name as declared
   */
  String pool();

  /**
   * The kind of the pool's workers.
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
   * @return empty if it was submitted from outside
   */
  OptionalLong parent();

  /**
   * The name of the task.
   *
   * @return a name as in {@link Task#name()}
   */
  String name();

  /**
   * The latest status of the task.
   *
   * @return the status
   */
  TaskStatus status();

  /**
   * The exception that the task failed, was cancelled or was refused with.
   *
   * @return the exception; null for none
   */
  @Nullable Throwable failure();

  /**
   * The name of the worker: a thread, worker JVM or worker node.
   *
   * @return the name; null if no worker runs or ran the task
   */
  @Nullable String worker();

  /**
   * The process id of the worker JVM.
   *
   * @return empty if the task runs in this JVM, or did not begin
   */
  OptionalLong pid();

  /**
   * The time when the task was submitted.
   *
   * @return nanoseconds, or 0
   */
  long submittedNanos();

  /**
   * The time when the run began.
   *
   * @return nanoseconds, or 0
   */
  long startedNanos();

  /**
   * The time when the task was done.
   *
   * @return nanoseconds, or 0
   */
  long endedNanos();

  /**
   * The time when the run was over, including callbacks.
   *
   * @return nanoseconds, or 0
   */
  long runEndedNanos();

  /**
   * How long the task waited for a worker or, if it never ran, until its end.
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
   * How long the task ran until it was done.
   *
   * @return zero until it is known, and if the task never ran
   */
  default Duration ran() {
    return startedNanos() == 0 || endedNanos() == 0
        ? Duration.ZERO
        : Duration.ofNanos(endedNanos() - startedNanos());
  }
}

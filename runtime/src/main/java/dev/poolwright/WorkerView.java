package dev.poolwright;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker, as {@link Pool#workers} shows it.
 *
 * <p>Implemented by Poolwright only; later versions may add methods.
 *
 * <p><b>Shape:</b> a snapshot, except for {@link #residentBytes}.
 */
public interface WorkerView {

  /**
   * The name of the worker.
   *
   * @return a name such as {@code "io-2"}; for a worker node, its address and the start of its id
   */
  String name();

  /**
   * The process id of a worker JVM.
   *
   * @return empty for a thread and a worker node
   */
  OptionalLong pid();

  /**
   * The time when the worker started.
   *
   * @return nanoseconds on the clock of {@link System#nanoTime}; 0 for a thread that started
   *     without a listener present
   */
  long startedNanos();

  /**
   * The number of tasks that the worker has taken.
   *
   * @return 0 or more, including the running one; in a worker JVM or node each element of a batch
   *     counts, on a thread each chunk
   */
  long tasksTaken();

  /**
   * The task that the worker is running.
   *
   * @return empty if the worker is idle; for a worker node, one of the tasks that it runs for this
   *     pool
   */
  Optional<TaskView> task();

  /**
   * The current resident memory of a worker JVM.
   *
   * @return bytes; empty for a thread, a worker node or an ended worker JVM, and if the system does
   *     not tell
   */
  OptionalLong residentBytes();
}

package dev.poolwright;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker, as {@link Pool#workers} shows it.
 *
 * <p>Made by Poolwright alone; later versions add facts.
 *
 * <p><b>Shape:</b> a snapshot, but for {@link #residentBytes}.
 */
public interface WorkerView {

  /**
   * The worker's name.
   *
   * @return as {@code "io-2"}; of a worker node its address and the start of its id
   */
  String name();

  /**
   * The process id of a worker JVM.
   *
   * @return empty for a thread and a worker node
   */
  OptionalLong pid();

  /**
   * When it started.
   *
   * @return nanoseconds, as {@link System#nanoTime} counts; 0 for a thread that started when nobody
   *     listened
   */
  long startedNanos();

  /**
   * How many tasks it has taken.
   *
   * @return the one that it runs included; elements of a batch count each in a worker JVM or node,
   *     and by the chunk on a thread
   */
  long tasksTaken();

  /**
   * The task that it runs.
   *
   * @return empty when it is idle; of a worker node one of those that it runs for this pool
   */
  Optional<TaskView> task();

  /**
   * The memory that a worker JVM has in RAM now.
   *
   * @return empty for a thread and a worker node, for one that has ended, and where the system does
   *     not tell
   */
  OptionalLong residentBytes();
}

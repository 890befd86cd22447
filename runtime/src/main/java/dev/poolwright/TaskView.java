package dev.poolwright;

import java.util.List;
import java.util.Optional;

/**
 * A running task, as {@link Pool#tasks} shows it. Its times are known if a listener was present
 * when it was submitted, and 0 otherwise.
 *
 * <p>Implemented by Poolwright only; later versions may add methods.
 */
public interface TaskView extends TaskEvent {

  /**
   * The progress reported by the task.
   *
   * @return the latest report; empty before the first
   */
  Optional<TaskProgress> progress();

  /**
   * The current stack of its method, innermost frame first. A worker JVM is asked for it, and has
   * 500 ms to answer.
   *
   * @return the frames; empty if the task no longer runs, or there was no answer
   */
  List<StackTraceElement> stack();
}

package dev.poolwright;

import java.util.List;
import java.util.Optional;

/**
 * A running task, as {@link Pool#tasks} shows it. Its times are known when somebody listened as it
 * was submitted, and 0 otherwise.
 *
 * <p>Made by Poolwright alone; later versions add facts.
 */
public interface TaskView extends TaskEvent {

  /**
   * How far it is, in its own words.
   *
   * @return its latest report; empty before the first
   */
  Optional<TaskProgress> progress();

  /**
   * What it does now: the stack of its method, the innermost frame first. A worker JVM is asked,
   * and has 500 ms to answer.
   *
   * @return empty when nothing of it runs any more, or there was no answer
   */
  List<StackTraceElement> stack();
}

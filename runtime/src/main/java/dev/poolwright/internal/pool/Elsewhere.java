package dev.poolwright.internal.pool;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.internal.task.PoolTask;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Begun tasks of one pool that none of its workers runs: those that their callers run, and those
 * whose method returned a stage that goes on by itself.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Elsewhere {

  private final Set<PoolTask<?>> tasks = ConcurrentHashMap.newKeySet();

  // Set once, by whoever stops the pool.
  private volatile boolean isStopped;

  /** A task is about to go on elsewhere; it is stopped if the pool is. */
  void add(PoolTask<?> task) {
    tasks.add(task);
    stopIfStopped(task);
  }

  /** Stops a task that whoever stopped the pool may not have seen. */
  void stopIfStopped(PoolTask<?> task) {
    if (isStopped) {
      task.stopNow();
    }
  }

  /** It is over; false when it was before. */
  @CanIgnoreReturnValue
  boolean remove(PoolTask<?> task) {
    return tasks.remove(task);
  }

  boolean contains(PoolTask<?> task) {
    return tasks.contains(task);
  }

  /** Whether the pool was stopped. */
  boolean isStopped() {
    return isStopped;
  }

  /** Stops from here on every task that comes; those that are here are the caller's. */
  void stop() {
    isStopped = true;
  }

  List<PoolTask<?>> toList() {
    return List.copyOf(tasks);
  }
}

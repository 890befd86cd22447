package dev.poolwright;

import dev.poolwright.internal.access.RunningTask;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a running method can know of its own task. It works the same on threads and in worker JVMs.
 *
 * <p><b>Threads:</b> {@link #current()} belongs to the thread that runs the task; the object may be
 * handed to other threads and is thread-safe.
 */
public interface TaskContext {

  /**
   * The context of the task that the calling thread runs.
   *
   * @return the context
   * @throws NoSuchElementException when the calling thread runs no task
   */
  static TaskContext current() {
    return find()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "thread \""
                        + Thread.currentThread().getName()
                        + "\" runs no task; call TaskContext.current() on the thread of the"
                        + " @Async method itself"));
  }

  /**
   * The context of the task that the calling thread runs, if it runs one.
   *
   * @return the context, or empty
   */
  static Optional<TaskContext> find() {
    return Optional.ofNullable((TaskContext) RunningTask.context());
  }

  /**
   * The task's name.
   *
   * @return as {@link Task#name()}
   */
  String name();

  /**
   * Whether somebody cancelled the task, completed it from outside, or its time limit has passed.
   *
   * @return true from then on
   */
  boolean isCancelled();

  /**
   * How much of the time limit is left.
   *
   * @return zero when it has passed; empty without a limit
   */
  Optional<Duration> remaining();

  /**
   * Runs a function once when the task is cancelled while it runs; at once when it is cancelled
   * already. In a worker JVM it runs only where the pool has a {@code cancelGrace}.
   *
   * <p><b>Threads:</b> runs on the thread that cancels, or on a thread of the framework. What it
   * throws is logged.
   *
   * @param cleanUp short; not called when the task ends by itself
   */
  void onCancel(Runnable cleanUp);

  /**
   * Reports how far the task is, to the listeners of {@link Task#onProgress}. Cheap enough to be
   * called often: reports that nobody could read in time are skipped in favour of the latest.
   *
   * @param fraction 0 to 1
   * @param message for people
   * @throws IllegalArgumentException if {@code fraction} is not in 0 to 1
   */
  void progress(double fraction, String message);
}

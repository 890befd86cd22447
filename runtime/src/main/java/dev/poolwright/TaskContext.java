package dev.poolwright;

import dev.poolwright.internal.access.RunningTask;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The view that a running method has of its own task, the same on threads and in worker JVMs.
 *
 * <p><b>Threads:</b> {@link #current()} belongs to the thread that runs the task; the object may be
 * handed to other threads and is thread-safe.
 */
public interface TaskContext {

  /**
   * The context of the task that the calling thread runs.
   *
   * @return the context
   * @throws NoSuchElementException if the calling thread runs no task
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
   * The name of the task.
   *
   * @return a name as in {@link Task#name()}
   */
  String name();

  /**
   * Whether the task was cancelled or completed from outside, or its time limit has passed.
   *
   * @return true from that moment on
   */
  boolean isCancelled();

  /**
   * The time left until the time limit.
   *
   * @return zero if the limit has passed; empty if there is none
   */
  Optional<Duration> remaining();

  /**
   * Runs an action once if the task is cancelled while it runs, or at once if it is already
   * cancelled. In a worker JVM the action runs only if the pool has a {@code cancelGrace}.
   *
   * <p><b>Threads:</b> runs on the thread that cancels, or on a thread of the framework. Its
   * exceptions are logged.
   *
   * @param cleanUp a short action; not run if the task ends by itself
   */
  void onCancel(Runnable cleanUp);

  /**
   * Reports the progress of the task to the listeners of {@link Task#onProgress}. Cheap enough to
   * be called often: reports that come too fast for a listener are skipped in favour of the latest.
   *
   * @param fraction 0 to 1
   * @param message text for people
   * @throws IllegalArgumentException if {@code fraction} is not between 0 and 1
   */
  void progress(double fraction, String message);
}

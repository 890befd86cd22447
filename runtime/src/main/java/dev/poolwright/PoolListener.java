package dev.poolwright;

/**
 * Receives the events of pools. Listeners are found by {@link java.util.ServiceLoader}, added with
 * {@link Pools.Builder#listener}, or added to running pools with {@link Pools#listen}.
 *
 * <p><b>Threads:</b> each method is called on the thread that caused the event, which may be any
 * thread, and never while a lock of the pools is held; a listener must be thread-safe. The submit
 * of a task is its first event; its other events may arrive in any order. A listener that blocks
 * holds up the one thread that called it.
 *
 * <p><b>Errors:</b> an exception thrown by a listener changes no outcome, and is logged once.
 */
public interface PoolListener {

  /**
   * A task is being submitted, by the calling thread. It may still have to wait for a place, or be
   * refused.
   *
   * @param event the task; may be an element of a batch
   */
  default void taskSubmitted(TaskEvent event) {}

  /**
   * A worker begins to run a task.
   *
   * @param event the task
   */
  default void taskStarted(TaskEvent event) {}

  /**
   * A task is done: its future is complete, and its callbacks are about to run.
   *
   * @param event the task, with outcome and times
   */
  default void taskEnded(TaskEvent event) {}

  /**
   * The run of a task is over, its callbacks included, and its place is free again. For a task
   * cancelled while it ran, that is later than its end. A task that never began has no run.
   *
   * @param event the task
   */
  default void runEnded(TaskEvent event) {}

  /**
   * A task was refused.
   *
   * @param event the task, whose failure is the exception that the submitter gets
   */
  default void taskRejected(TaskEvent event) {}

  /**
   * A worker has started: a thread of a thread pool, a worker JVM, or a worker node that now takes
   * calls.
   *
   * @param event the worker
   */
  default void workerStarted(WorkerEvent event) {}

  /**
   * A worker has ended.
   *
   * @param event the worker, with the reason
   */
  default void workerEnded(WorkerEvent event) {}

  /** The registration of a listener added to running pools. */
  interface Registration extends AutoCloseable {

    /** Removes the listener; calls in progress are not interrupted. A second call does nothing. */
    @Override
    void close();
  }
}

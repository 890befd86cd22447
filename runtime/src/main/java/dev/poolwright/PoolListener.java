package dev.poolwright;

/**
 * Hears what pools do. It is found by {@link java.util.ServiceLoader}, given to {@link
 * Pools.Builder#listener}, or added to running pools by {@link Pools#listen}.
 *
 * <p><b>Threads:</b> each method is called on the thread that did what it tells of, which may be
 * any, and never under a lock of the pools; a listener must be thread-safe. Events of one task may
 * arrive out of order, but for its submit, which comes first. A listener that blocks holds up the
 * one thread that called it.
 *
 * <p><b>Errors:</b> whatever a listener throws changes no outcome, and is logged once.
 */
public interface PoolListener {

  /**
   * A task is being submitted, by the calling thread. It may wait for a place yet, or be refused.
   *
   * @param event the task; an element of a batch is one
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
   * The run of a task is over, its callbacks included, and its place is free again. That is later
   * than its end when it was cancelled while it ran. A task that never began has no run.
   *
   * @param event the task
   */
  default void runEnded(TaskEvent event) {}

  /**
   * A task was refused.
   *
   * @param event the task, with what its submitter gets to see as failure
   */
  default void taskRejected(TaskEvent event) {}

  /**
   * A worker has started: a thread of a pool of threads, a worker JVM, or a worker node that takes
   * calls from here on.
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

  /** A listener that was added to running pools. */
  interface Registration extends AutoCloseable {

    /** Takes the listener away; calls that are under way still end. A second call does nothing. */
    @Override
    void close();
  }
}

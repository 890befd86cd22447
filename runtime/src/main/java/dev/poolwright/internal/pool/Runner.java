package dev.poolwright.internal.pool;

import dev.poolwright.Pools;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Crew;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.Stacks;
import dev.poolwright.spi.CallSiteSpec;
import java.util.List;
import java.util.Map;

/**
 * What differs between the kinds of pool: where tasks run, how one is run, and how its run is
 * stopped. A runner whose tasks run in this JVM answers the first five questions; the others are
 * for calls that are sent away, and for the workers that take them there.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public interface Runner {

  /** Where the tasks of a pool run. */
  enum Where {
    /** On the thread that submits. */
    CALLER,
    /** On a thread that runs steps by hand. */
    BY_HAND,
    /** On a worker thread. */
    WORKER_THREAD,
    /** In another JVM, which a worker thread drives. */
    OTHER_JVM
  }

  /** The same at all times. */
  Where where();

  /** Runs a task on a worker, from {@link PoolTask#begin} to {@link PoolTask#runEnded}. */
  void run(PoolTask<?> task, Worker worker);

  /** Stops the run of a task. Must not block. */
  void stop(PoolTask<?> task, Thread runner);

  /**
   * The pool stops, and every task is done: stops runs that go on unseen.
   *
   * @param crew the workers of the pool
   */
  void stopUnseen(Crew crew);

  /** Gives a task to whoever runs it, where tasks run by hand. */
  default void hand(Pools.Step step) {}

  /**
   * What the method of a task does, the innermost frame first, while a thread runs it.
   *
   * @return empty when it does not any more
   */
  default List<StackTraceElement> stack(PoolTask<?> task, Thread runner) {
    List<StackTraceElement> stack = Stacks.ofMethod(runner);
    return task.isRunBy(runner) ? stack : List.of();
  }

  /** The same for a run that is about to be stopped; waits for moments at most. */
  default List<StackTraceElement> stackAtLimit(PoolTask<?> task, Thread runner) {
    return Stacks.ofMethod(runner);
  }

  // ---- calls that are sent away

  /**
   * Checks whether a method can run here.
   *
   * @throws IllegalArgumentException when it can't
   */
  default void check(CallSiteSpec<?> spec) {}

  /**
   * Checks whether there is any use in submitting.
   *
   * @throws dev.poolwright.BrokenPoolException when the pool gave up
   */
  default void check() {}

  /** Prepares the call of a task to be sent; a task whose call cannot be sent is failed. */
  default void prepare(PoolTask<?> task) {}

  /** Prepares the elements of a chunk; those whose call cannot be sent are failed. */
  default void prepare(ChunkTask chunk) {}

  // ---- workers that are not threads of this JVM

  /**
   * Starts the first workers of a pool.
   *
   * @param crew the worker threads
   * @param count how many
   */
  default void prestart(Crew crew, int count) {
    crew.prestart(count);
  }

  /** A task was ended before it ran; a worker may be on its way for it. */
  default void withdrawn(PoolTask<?> task) {}

  /** The pool accepts nothing more. */
  default void shutdown() {}

  /** The same, and one of its worker threads ends: retires workers that are idle. */
  default void retireIdle() {}

  /** The pool stops: nothing that a task would need is started from now on. */
  default void stopStarts() {}

  /** Kills every worker, because nobody waits any longer. */
  default void kill() {}

  /** Kills every worker, and removes what is left of them, because the JVM exits. */
  default void killAtExit() {}

  /** Every worker thread has ended: the other workers do. A second call does nothing. */
  default void close() {}

  /** Whether no worker is left, after {@link #close}. */
  default boolean isGone() {
    return true;
  }

  /**
   * Waits until no worker is left, after {@link #close}.
   *
   * @param nanos longest wait
   * @return whether that was so in time
   * @throws InterruptedException when the calling thread is interrupted
   */
  default boolean awaitGone(long nanos) throws InterruptedException {
    return true;
  }

  /** Says to a running task which worker runs it. */
  default void identify(PoolTask<?> task, Thread runner) {}

  /**
   * The workers there are.
   *
   * @param running one of the tasks that each runs, by its name
   */
  default List<WorkerView> workers(Map<String, TaskView> running) {
    return List.of();
  }

  /**
   * How many workers were ever started.
   *
   * @param threads how many worker threads were
   */
  default long started(long threads) {
    return threads;
  }

  /** How many workers ended by themselves. */
  default long crashed() {
    return 0;
  }
}

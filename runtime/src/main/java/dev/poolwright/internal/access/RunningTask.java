package dev.poolwright.internal.access;

import org.jspecify.annotations.Nullable;

/** Which task a thread runs: the {@code TaskContext} of it, which this package does not know. */
public final class RunningTask {

  /** A thread of the engine that runs tasks. */
  public interface Holder {
    /**
     * The context of the task that this thread runs now.
     *
     * @return null between tasks
     */
    @Nullable Object taskContext();
  }

  /** What threads that are none of the engine's run. */
  private static final ThreadLocal<@Nullable Object> BORROWED = new ThreadLocal<>();

  private RunningTask() {}

  /**
   * The context of the task that the calling thread runs.
   *
   * @return null when it runs none
   */
  public static @Nullable Object context() {
    return Thread.currentThread() instanceof Holder holder ? holder.taskContext() : BORROWED.get();
  }

  /**
   * Says what the calling thread, which is none of the engine's, runs from here on.
   *
   * @param context null for none
   * @return what it ran until here, to be put back at the end; null for none
   */
  public static @Nullable Object borrow(@Nullable Object context) {
    Object before = BORROWED.get();
    BORROWED.set(context); // Null stays as an empty entry, which the next task need not make anew.
    return before;
  }
}

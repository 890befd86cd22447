package dev.poolwright;

/**
 * The time that pools use for their time limits, keep-alives and waits, and for {@code orTimeout}
 * and {@code completeOnTimeout} of their tasks. By default it is the system's time; a test sets its
 * own with {@link Pools.Builder#time}. Work of the operating system, such as the start of a worker
 * JVM, takes system time in any case.
 *
 * <p><b>Threads:</b> called on every thread that submits, waits or works, and {@link #now()} also
 * while locks are held: an implementation must be thread-safe, and only {@link #park} may wait.
 */
public interface Time {

  /**
   * The current time.
   *
   * @return nanoseconds from an arbitrary origin, so that only differences are meaningful; never
   *     less than before
   */
  long now();

  /**
   * Waits briefly: until the calling thread is unparked or interrupted, and for at most a
   * millisecond of system time. The caller then checks its condition, and calls again if need be.
   *
   * @param awaited the task that the caller waits for, or what the task is part of; for messages
   * @param nanos how long the caller would wait, in this time
   * @throws RuntimeException to end the wait; the call that waits throws it
   */
  void park(Object awaited, long nanos);

  /**
   * Runs an action once, after a delay in this time.
   *
   * @param nanos the delay; zero or more
   * @param action a short action that throws nothing
   * @return drops the action when run, unless the action has begun
   */
  Runnable schedule(long nanos, Runnable action);
}

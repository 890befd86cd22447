package dev.poolwright;

/**
 * The time that pools go by: their time limits, keep-alives and waits, {@code orTimeout} and {@code
 * completeOnTimeout} of their tasks. By default it is the system's; a test gives one of its own by
 * {@link Pools.Builder#time}. What the operating system does, such as the start of a worker JVM,
 * takes the system's time in any case.
 *
 * <p><b>Threads:</b> called on every thread that submits, waits or works, and {@link #now()} also
 * under locks: an implementation is thread-safe, and only {@link #park} waits.
 */
public interface Time {

  /**
   * The time now.
   *
   * @return in nanoseconds, of which the difference of two alone means anything; never less than
   *     before
   */
  long now();

  /**
   * Waits for a moment: until the calling thread is unparked or interrupted, or a millisecond of
   * the system's time has passed, or less. The caller looks whether it has what it waits for, and
   * calls again.
   *
   * @param awaited the task that it waits for, or what it is part of; for messages
   * @param nanos how long it would wait, in this time
   * @throws RuntimeException to end the wait; the call that waits throws it
   */
  void park(Object awaited, long nanos);

  /**
   * Runs an action once, when so much of this time has passed.
   *
   * @param nanos from now; zero or more
   * @param action short; throws nothing
   * @return drops the action, unless it has begun
   */
  Runnable schedule(long nanos, Runnable action);
}

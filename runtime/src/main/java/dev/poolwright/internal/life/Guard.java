package dev.poolwright.internal.life;

import dev.poolwright.Task;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to call foreign code and to log. Foreign code is what users and their libraries
 * wrote: methods, callbacks, listeners, handlers, loggers with appenders, {@code toString} and
 * {@code getMessage} of what is not ours. It may throw anything at any time, {@code Error}s
 * included; nothing of that leaves this class.
 *
 * <p><b>Threads:</b> thread-safe. Call nothing here while holding a lock.
 */
public final class Guard {

  private static final String LOGGER = "dev.poolwright";
  private static final long FIRST_PAUSE_NANOS = 1_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private Guard() {}

  /** Code that may throw anything. */
  @FunctionalInterface
  public interface Code {
    /**
     * Runs.
     *
     * @throws Throwable whatever it likes
     */
    void run() throws Throwable;
  }

  /**
   * Runs foreign code; what it throws is logged as an error.
   *
   * @param what it is, for the log; asked only when it throws
   * @param code whatever
   */
  public static void run(Supplier<String> what, Code code) {
    try {
      code.run();
    } catch (Throwable e) {
      failed(what, e);
    }
  }

  /**
   * Interrupts a thread that may be in foreign code: that closes the channel in which it waits,
   * which may be of the user's own making.
   *
   * @param runner any
   */
  public static void interrupt(Thread runner) {
    run(() -> "interrupt of thread " + runner.getName(), () -> Threads.interrupt(runner));
  }

  private static void failed(Supplier<String> what, Throwable thrown) {
    try {
      log(Level.ERROR, what.get() + " failed", thrown);
    } catch (Throwable e) {
      failed("foreign code failed", thrown, 0);
    }
  }

  /**
   * Logs that code failed, for who calls it where there may be no room for a lambda.
   *
   * @param what it is
   * @param thrown what it threw
   */
  public static void failed(String what, Throwable thrown) {
    try {
      log(Level.ERROR, what + " failed", thrown);
    } catch (Throwable e) {
      failed(what, thrown, 0);
    }
  }

  /**
   * Logs that a callback failed, for who calls it where there may be no room for a lambda.
   *
   * @param what kind of callback
   * @param name its own name, or none
   * @param task whose callback it is
   * @param thrown what it threw
   */
  public static void failed(String what, String name, Task<?> task, Throwable thrown) {
    try {
      log(Level.ERROR, what + name + " of " + task.name() + " failed", thrown);
    } catch (Throwable e) {
      failed(what, thrown, 0);
    }
  }

  /**
   * Repeats a step on the calling thread until it says that there is nothing more to do. What a
   * step throws is logged, and the step is tried again after a pause that grows up to a second, so
   * that no thread of ours ends while others count on it.
   *
   * @param what the message that is logged with what a step throws
   * @param step true to be called again
   */
  public static void repeat(String what, BooleanSupplier step) {
    long pauseNanos = FIRST_PAUSE_NANOS;
    boolean isMore = true;
    while (isMore) {
      try {
        isMore = step.getAsBoolean();
        pauseNanos = FIRST_PAUSE_NANOS;
      } catch (Throwable e) {
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        failed(what, e, pauseNanos);
      }
    }
  }

  // In a handler nothing may stand outside of a try: where the heap is full a lambda, a text or the
  // first use of a class is enough to throw again.
  private static void failed(String what, Throwable thrown, long pauseNanos) {
    try {
      log(Level.ERROR, what, thrown);
      LockSupport.parkNanos(pauseNanos);
    } catch (Throwable e) {
      // There is not even room to say so: the step is tried again.
    }
  }

  /**
   * Logs a message.
   *
   * @param level how bad it is
   * @param message for people
   */
  public static void log(Level level, String message) {
    log(level, message, null);
  }

  /**
   * Logs a message with what was thrown.
   *
   * @param level how bad it is
   * @param message for people
   * @param thrown its cause, or null
   */
  public static void log(Level level, String message, @Nullable Throwable thrown) {
    try {
      // Asked for each time: a logger that could not be made must not fail this class for good.
      System.getLogger(LOGGER).log(level, message, thrown);
    } catch (Throwable e) {
      logFailed(message, thrown, e);
    }
  }

  /** Standard error is the last resort; where that fails too, there is nobody left to tell. */
  private static void logFailed(String message, @Nullable Throwable thrown, Throwable failure) {
    try {
      String cause = thrown == null ? "" : ": " + thrown.getClass().getName();
      String why = " (the logger failed with " + failure.getClass().getName() + ")";
      System.err.println("poolwright: " + message + cause + why);
    } catch (Throwable e) {
      // Nothing is left that could be tried.
    }
  }
}

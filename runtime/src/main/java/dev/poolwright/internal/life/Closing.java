package dev.poolwright.internal.life;

import dev.poolwright.internal.time.Nanos;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shutting down and waiting for the end, for one pool and for all. */
public final class Closing {

  /** How long tasks that were stopped may take to end before close gives up on them. */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How many tasks a message names. */
  private static final int MOST_NAMED = 20;

  private Closing() {}

  /** Waits for the end. */
  @FunctionalInterface
  public interface Await {
    /**
     * Waits.
     *
     * @param timeoutNanos longest wait
     * @return whether all has ended
     * @throws InterruptedException when the calling thread is interrupted
     */
    boolean until(long timeoutNanos) throws InterruptedException;
  }

  /**
   * Refuses a close by a thread that would wait for itself.
   *
   * @throws IllegalStateException when the calling thread works for these pools
   */
  public static void refuseInsider(Life life, String what) {
    if (life.isInsider()) {
      String thread = "thread \"" + Thread.currentThread().getName() + "\"";
      throw new IllegalStateException(
          "close() of "
              + what
              + " was called by "
              + (life.isOwnThread()
                  ? "its own " + thread + ", which would wait for itself"
                  : thread + " within one of its tasks, which would wait for itself")
              + "; close from outside, or call shutdown()");
    }
  }

  /** Shuts down and waits; an interrupt stops what is left, and is restored. */
  public static void close(
      Life life, String what, Runnable shutdown, Runnable shutdownNow, Await await) {
    refuseInsider(life, what);
    shutdown.run();
    awaitEnd(shutdownNow, await);
  }

  /** Waits, however long it takes; an interrupt stops what is left, and is restored. */
  public static void awaitEnd(Runnable shutdownNow, Await await) {
    boolean isInterrupted = false;
    boolean isOver = false;
    while (!isOver) {
      try {
        isOver = await.until(Nanos.MOST);
      } catch (InterruptedException e) {
        if (!isInterrupted) {
          isInterrupted = true;
          shutdownNow.run();
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Shuts every pool down, waits for the grace period, then stops and names what is left.
   *
   * @param grace zero or more
   */
  public static void close(Life life, Duration grace) {
    refuseInsider(life, "Pools");
    long graceNanos = Nanos.of(grace);
    life.exitHook().closeBegins(graceNanos);
    try {
      closeWithin(life, grace, graceNanos);
    } finally {
      life.exitHook().closeEnds();
    }
  }

  private static void closeWithin(Life life, Duration grace, long graceNanos) {
    life.shutdown();
    boolean isOver = false;
    boolean isInterrupted = false;
    try {
      isOver = life.awaitTermination(graceNanos);
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (!isOver) {
      isInterrupted |= stop(life, grace);
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the thread was interrupted meanwhile. */
  private static boolean stop(Life life, Duration grace) {
    // A worker may still be busy with its books for a task that somebody has joined.
    List<String> notDone = life.notDone();
    if (!notDone.isEmpty()) {
      Guard.log(
          Level.WARNING,
          "close stopped "
              + (notDone.size() == 1 ? "1 task that was" : notDone.size() + " tasks that were")
              + " not done within "
              + grace
              + ": "
              + listed(notDone));
    }
    life.shutdownNow();
    try {
      if (notDone.isEmpty()) {
        awaitKilled(life); // They alone are late.
      }
      if (!life.awaitTermination(STOP_NANOS)) {
        // Processes are gone some time after they were killed; threads may never end.
        awaitKilled(life);
        if (!life.awaitTermination(STOP_NANOS)) {
          boolean unused = life.failures().close(0);
          Guard.log(
              Level.WARNING, "still running after they were stopped: " + listed(life.unfinished()));
        }
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** The first ones, and how many more there are. */
  private static String listed(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + more + " more";
  }

  private static void awaitKilled(Life life) throws InterruptedException {
    long deadline = Nanos.deadline(STOP_NANOS);
    for (Life.Member pool : life.pools()) {
      pool.awaitKilled(Nanos.left(deadline));
    }
  }
}

package dev.poolwright.internal.task;

/** Shutting down and waiting for the end, for one pool and for all. */
public final class Closing {

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
   * @throws IllegalStateException when the calling thread is a worker or callback thread
   */
  public static void refuseInsider(Engine engine, String what) {
    if (engine.isInsider()) {
      throw new IllegalStateException(
          "close() of "
              + what
              + " was called by its own thread \""
              + Thread.currentThread().getName()
              + "\", which would wait for itself; close from outside, or call shutdown()");
    }
  }

  /** Shuts down and waits; an interrupt stops what is left, and is restored. */
  static void close(
      Engine engine, String what, Runnable shutdown, Runnable shutdownNow, Await await) {
    refuseInsider(engine, what);
    shutdown.run();
    awaitEnd(shutdownNow, await);
  }

  /** Waits, however long it takes; an interrupt stops what is left, and is restored. */
  public static void awaitEnd(Runnable shutdownNow, Await await) {
    boolean isInterrupted = false;
    boolean isOver = false;
    while (!isOver) {
      try {
        isOver = await.until(Long.MAX_VALUE);
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
}

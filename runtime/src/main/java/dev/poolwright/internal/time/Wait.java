package dev.poolwright.internal.time;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One wait of the calling thread: how long it may still take, and what is to be put right when it
 * is over, which is the place that a worker lent meanwhile and an interrupt that came.
 *
 * <p><b>Threads:</b> confined to the thread that waits.
 */
public final class Wait implements AutoCloseable {

  private final Clock clock;
  private final Object awaited;
  private final long deadline;
  private final @Nullable Runnable giveBack;
  private boolean isInterrupted;

  /**
   * Begins now.
   *
   * @param clock what the time goes by
   * @param awaited what it waits for
   * @param nanos longest wait; less than zero counts as zero
   * @param giveBack gives back the place that the thread lends; null when it lends none
   */
  public Wait(Clock clock, Object awaited, long nanos, @Nullable Runnable giveBack) {
    this.clock = clock;
    this.awaited = awaited;
    this.deadline = clock.deadline(nanos);
    this.giveBack = giveBack;
  }

  /**
   * How long it may still take.
   *
   * @return in nanoseconds; zero or less when the time is over
   */
  public long left() {
    return clock.left(deadline);
  }

  /** A step of a wait. */
  @FunctionalInterface
  public interface Step<T> {
    /**
     * Waits, not longer than so.
     *
     * @param nanos what is left
     * @return what was waited for; what it is when the time is over is up to the step
     * @throws InterruptedException when interrupted
     */
    @Nullable T await(long nanos) throws InterruptedException;
  }

  /**
   * Takes a step, anew after each interrupt, which does not end it.
   *
   * @param step what waits
   * @return what the step returned
   */
  public <T> @Nullable T step(Step<T> step) {
    while (true) {
      try {
        return step.await(left());
      } catch (InterruptedException e) {
        isInterrupted = true; // Restored at the end.
      }
    }
  }

  /**
   * Waits for a signal, which may come for no reason; an interrupt does not end that.
   *
   * @param held the lock of the condition
   * @param changed what is signalled
   * @return false when the time is over
   */
  public boolean step(ReentrantLock held, Condition changed) {
    Long left = left() > 0 ? step(nanos -> clock.await(held, changed, awaited, nanos)) : null;
    return left != null && left > 0;
  }

  /**
   * Waits for what comes to a queue.
   *
   * @param queue where it comes
   * @return the first of it; null when the time is over
   * @throws InterruptedException when interrupted
   */
  public <E> @Nullable E poll(BlockingQueue<E> queue) throws InterruptedException {
    if (clock.isSystem()) {
      return queue.poll(left(), TimeUnit.NANOSECONDS);
    }
    E first;
    while ((first = queue.poll()) == null && left() > 0) {
      clock.park(awaited, left());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return first;
  }

  /**
   * Parks until somebody unparks the thread, the time is over, or for no reason; an interrupt wakes
   * it, too.
   */
  public void park() {
    clock.park(awaited, left());
    isInterrupted |= Thread.interrupted();
  }

  /** The wait is over: gives the place back, and restores the interrupt. */
  @Override
  public void close() {
    try {
      if (giveBack != null) {
        giveBack.run();
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

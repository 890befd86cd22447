package dev.poolwright.internal.life;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what keeps the pools of one {@code Pools} busy: each pool with accepted tasks, each stage
 * that goes on by itself, each end from outside in progress. While the count is above zero a
 * non-daemon thread, the keeper, keeps the JVM from exiting; it looks four times a second and ends
 * when it saw nothing happen twice in a row, so that an idle-to-busy edge costs no thread.
 */
public final class Activity {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Runnable whenIdle;
  private final Consumer<Thread> starter;
  private final AtomicLong holds = new AtomicLong();
  private final AtomicReference<@Nullable Thread> keeper = new AtomicReference<>();

  // How often the count rose from zero.
  private final AtomicLong edges = new AtomicLong();

  /**
   * A count at zero.
   *
   * @param whenIdle runs each time that it comes back to zero, on the thread that released last
   * @param starter starts the keeper
   */
  Activity(Runnable whenIdle, Consumer<Thread> starter) {
    this.whenIdle = whenIdle;
    this.starter = starter;
  }

  /** Something began that must be waited for. */
  public void hold() {
    if (holds.getAndIncrement() == 0) {
      edges.incrementAndGet();
      if (keeper.get() == null) {
        startKeeper();
      }
    }
  }

  /** It ended. */
  public void release() {
    if (holds.decrementAndGet() == 0) {
      try {
        whenIdle.run();
      } catch (Throwable e) {
        // Whoever waits for the end looks again by himself.
        Guard.log(Level.ERROR, "the end of the pools was held up", e);
      }
    }
  }

  /** Whether nothing is to be waited for. */
  public boolean isIdle() {
    return holds.get() == 0;
  }

  /**
   * Ends the keeper.
   *
   * @return whether it has ended in time
   */
  boolean close(long nanos) throws InterruptedException {
    Thread thread = keeper.get();
    if (thread == null) {
      return true;
    }
    LockSupport.unpark(thread);
    thread.interrupt();
    return Threads.join(thread, nanos);
  }

  private void startKeeper() {
    try {
      Thread thread = new HelperThread("poolwright-keeper", new Keeper());
      thread.setDaemon(false);
      if (keeper.compareAndSet(null, thread)) {
        starter.accept(thread);
      }
    } catch (Throwable e) {
      // No thread to be had: what runs already goes on, and the next rise from zero tries again.
      keeper.set(null);
    }
  }

  /** What the keeper does. A lambda would cost the first submit of a JVM a millisecond. */
  private final class Keeper implements Runnable {
    @Override
    public void run() {
      Thread me = Thread.currentThread();
      do {
        long seen = -1;
        while (!me.isInterrupted() && (holds.get() > 0 || edges.get() != seen)) {
          seen = edges.get();
          LockSupport.parkNanos(Activity.this, LOOK_NANOS);
        }
        keeper.set(null);
        // A hold from here on starts another keeper; one that came before is kept by this one.
      } while (!me.isInterrupted() && holds.get() > 0 && keeper.compareAndSet(null, me));
    }
  }
}

package dev.poolwright.internal.task;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs short actions at points in time, on one daemon thread that exists only while there is
 * something to watch. Times are monotonic, so that steps of the wall clock fire nothing.
 *
 * <p>An action must hand anything that may block, or that runs foreign code, to another thread.
 */
public final class Deadlines {

  private static final long IDLE_SECONDS = 5;

  private final DelayQueue<Deadline> queue = new DelayQueue<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Written under the lock.
  private volatile @Nullable Thread watcher;

  /**
   * Schedules an action.
   *
   * @param delayNanos from now
   * @param action short
   * @return for cancelling it
   */
  public Deadline after(long delayNanos, Runnable action) {
    Deadline deadline = new Deadline(this, saturatedSum(System.nanoTime(), delayNanos), action);
    queue.add(deadline);
    if (watcher == null) {
      startWatcher();
    }
    return deadline;
  }

  /** Ends the thread; what is still scheduled is dropped. */
  void close() {
    queue.clear();
    Thread thread = watcher;
    if (thread != null) {
      thread.interrupt();
      Threads.join(thread);
    }
  }

  // Half the range at most, so that differences of two times never overflow.
  private static long saturatedSum(long now, long delayNanos) {
    return now + Math.min(delayNanos, Long.MAX_VALUE >> 1);
  }

  private void startWatcher() {
    lock.lock();
    try {
      if (watcher == null) {
        Thread thread = new Thread(this::watch, "poolwright-deadlines");
        thread.setDaemon(true);
        watcher = thread;
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    do {
      drain();
    } while (!end());
  }

  private void drain() {
    try {
      for (Deadline due; (due = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS)) != null; ) {
        due.run();
      }
    } catch (InterruptedException e) {
      // An interrupt asks an idle thread to end; end() keeps it when there is something to watch.
    }
  }

  /** Whether the thread may end. An add that comes later sees no thread, and starts another. */
  private boolean end() {
    lock.lock();
    try {
      watcher = null;
      if (queue.isEmpty()) {
        return true;
      }
      watcher = Thread.currentThread();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** One scheduled action. */
  public static final class Deadline implements Delayed {
    private final Deadlines owner;
    private final long atNanos;
    private volatile @Nullable Runnable action;

    Deadline(Deadlines owner, long atNanos, Runnable action) {
      this.owner = owner;
      this.atNanos = atNanos;
      this.action = action;
    }

    /** Drops the action, unless it has begun. */
    public void cancel() {
      if (action != null) {
        action = null;
        owner.queue.remove(this);
      }
    }

    long remainingNanos() {
      return atNanos - System.nanoTime();
    }

    private void run() {
      Runnable due = action;
      action = null;
      if (due != null) {
        Threads.runLogged("deadline", due);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(remainingNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(atNanos - ((Deadline) other).atNanos);
    }
  }
}

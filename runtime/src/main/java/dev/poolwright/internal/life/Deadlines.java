package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.Time;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs short actions at points in time, on one daemon thread that exists only while there is
 * something to watch. Times are monotonic, so that steps of the wall clock fire nothing. Where
 * pools go by a time that was given, that runs the actions.
 *
 * <p>An action must hand anything that may block, or that runs foreign code, to another thread. One
 * that throws is tried again.
 */
public final class Deadlines {

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Consumer<Thread> starter;
  private final @Nullable Time time;
  private final Clock clock;
  private final ReentrantLock lock = VirtualThreads.lock();

  /** The first one is another, or everything was dropped. */
  private final Condition changed = lock.newCondition();

  /** By time, then in the order in which they were scheduled. */
  @GuardedBy("lock")
  private final TreeSet<Deadline> pending = new TreeSet<>();

  @GuardedBy("lock")
  private long scheduled;

  @GuardedBy("lock")
  private @Nullable Thread watcher;

  /**
   * Nothing to watch.
   *
   * @param starter starts the thread
   * @param time runs the actions in the place of that thread; null for the system's
   * @param clock shows it
   */
  Deadlines(Consumer<Thread> starter, @Nullable Time time, Clock clock) {
    this.starter = starter;
    this.time = time;
    this.clock = clock;
  }

  /**
   * Schedules an action.
   *
   * @param delayNanos from now
   * @param action short
   * @return for cancelling it
   * @throws OutOfMemoryError when no thread can be started; then nothing is scheduled
   */
  public Deadline after(long delayNanos, Runnable action) {
    long atNanos = clock.deadline(delayNanos);
    if (time != null) {
      Deadline given = new Deadline(this, atNanos, 0, action);
      given.schedule(time, delayNanos);
      return given;
    }
    lock.lock();
    try {
      if (watcher == null) {
        startWatcher();
      }
      Deadline deadline = new Deadline(this, atNanos, scheduled++, action);
      pending.add(deadline);
      if (pending.lower(deadline) == null) {
        changed.signal();
      }
      return deadline;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for an owner, which may be forgotten before; then nothing is done.
   *
   * @param delayNanos from now
   * @param owner not kept
   * @param action gets the owner, which it must not refer to itself
   * @param <T> the owner's type
   * @return to cancel it
   */
  public <T> Deadline after(long delayNanos, T owner, Consumer<? super T> action) {
    WeakReference<T> weak = new WeakReference<>(owner);
    return after(
        delayNanos,
        () -> {
          T there = weak.get();
          if (there != null) {
            action.accept(there);
          }
        });
  }

  /**
   * Ends the thread; what is still scheduled is dropped.
   *
   * @return whether it has ended in time
   */
  boolean close(long nanos) throws InterruptedException {
    Thread thread;
    lock.lock();
    try {
      pending.clear();
      thread = watcher;
    } finally {
      lock.unlock();
    }
    if (thread == null) {
      return true;
    }
    thread.interrupt();
    return Threads.join(thread, nanos);
  }

  @GuardedBy("lock")
  private void startWatcher() {
    Thread thread =
        new HelperThread(
            "poolwright-deadlines", "the watch over deadlines failed, and goes on", new Step());
    starter.accept(thread);
    watcher = thread;
  }

  /** A lambda would cost the first submit of a JVM a millisecond. */
  private final class Step implements BooleanSupplier {

    /** Runs one action; false when the thread is to end. */
    @Override
    public boolean getAsBoolean() {
      Deadline due = awaitDue();
      if (due == null) {
        return false;
      }
      try {
        due.run();
      } catch (Throwable e) {
        logFailed(e);
        while (!again(due)) {
          Threads.pause(Integer.MAX_VALUE);
        }
      }
      return true;
    }
  }

  private static void logFailed(Throwable thrown) {
    Guard.log(Level.ERROR, "a deadline could not be acted on, and is tried again", thrown);
  }

  /**
   * No limit may be lost because its action could not be handed on; false when the heap is full.
   */
  private boolean again(Deadline failed) {
    lock.lock();
    try {
      failed.atNanos = Nanos.deadline(RETRY_NANOS);
      return pending.add(failed);
    } catch (OutOfMemoryError e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** The next one that is due; null when the thread is to end, and another would be started. */
  private @Nullable Deadline awaitDue() {
    lock.lock();
    try {
      long idleEnd = Nanos.deadline(IDLE_NANOS);
      while (true) {
        boolean isIdle = pending.isEmpty();
        long left = isIdle ? Nanos.left(idleEnd) : pending.first().remainingNanos();
        if (left <= 0) {
          return isIdle ? leave() : pending.pollFirst();
        }
        try {
          long unused = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          // It asks an idle thread to end; one with something to watch goes on.
          if (pending.isEmpty()) {
            return leave();
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Deadline leave() {
    watcher = null;
    return null;
  }

  /** Whether the calling thread is the one that runs the actions. */
  boolean isWatcher() {
    lock.lock();
    try {
      return Thread.currentThread() == watcher;
    } finally {
      lock.unlock();
    }
  }

  private void drop(Deadline deadline) {
    Runnable given = deadline.dropper;
    if (given != null) {
      given.run();
      return;
    }
    lock.lock();
    try {
      pending.remove(deadline);
    } finally {
      lock.unlock();
    }
  }

  /** One scheduled action. */
  public static final class Deadline implements Comparable<Deadline> {
    private final Deadlines owner;
    private long atNanos; // Changed only while it is not among the pending ones.
    private final long number;
    private volatile @Nullable Runnable action;

    /** Has the time that was given forget it. */
    private volatile @Nullable Runnable dropper;

    Deadline(Deadlines owner, long atNanos, long number, Runnable action) {
      this.owner = owner;
      this.atNanos = atNanos;
      this.number = number;
      this.action = action;
    }

    /** Drops the action, unless it has begun. */
    public void cancel() {
      if (action != null) {
        action = null;
        owner.drop(this);
      }
    }

    public long remainingNanos() {
      return owner.clock.left(atNanos);
    }

    private void schedule(Time time, long nanos) {
      dropper = time.schedule(Math.max(0, nanos), () -> runOrRetry(time));
    }

    private void runOrRetry(Time time) {
      try {
        run();
      } catch (Throwable e) {
        logFailed(e);
        schedule(time, RETRY_NANOS);
      }
    }

    private void run() {
      Runnable due = action;
      if (due != null) {
        due.run();
        action = null;
      }
    }

    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.signum(atNanos - other.atNanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}

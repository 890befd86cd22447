package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Worker JVMs that wait for a call; the last used is taken first, so that the others may be
 * retired.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class IdleWorkers {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Last used first. */
  @GuardedBy("lock")
  private final ArrayDeque<WorkerJvm> idle = new ArrayDeque<>();

  /** Starts ahead of need that will give a worker soon. */
  @GuardedBy("lock")
  private int expected;

  /** Who waits for one of those; whoever would be one too many starts his own. */
  @GuardedBy("lock")
  private int waiting;

  /** Nothing is taken back any more. */
  @GuardedBy("lock")
  private boolean isClosed;

  /**
   * None.
   *
   * @param clock shows how long one has been idle
   */
  IdleWorkers(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes one, or waits for one that is being started.
   *
   * @param origin whose class path it must have
   * @param mayWait whether those that are being started have that
   * @return null when the caller is to start one
   */
  @Nullable WorkerJvm take(@Nullable ClassLoader origin, boolean mayWait)
      throws InterruptedException {
    lock.lock();
    try {
      WorkerJvm found;
      while ((found = poll(idle.iterator(), origin, true)) == null
          && mayWait
          && waiting < expected) {
        waiting++;
        try {
          changed.await();
        } finally {
          waiting--;
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the longest idle of those that have the class path of another; null if none is here. */
  @Nullable WorkerJvm takeOther(@Nullable ClassLoader origin) {
    lock.lock();
    try {
      return poll(idle.descendingIterator(), origin, false);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable WorkerJvm poll(
      Iterator<WorkerJvm> all, @Nullable ClassLoader origin, boolean isWanted) {
    while (all.hasNext()) {
      WorkerJvm each = all.next();
      if (each.isOf(origin) == isWanted) {
        all.remove();
        return each;
      }
    }
    return null;
  }

  /** Takes one back; false when the pool has ended, and the caller is to see it off. */
  boolean put(WorkerJvm worker) {
    lock.lock();
    try {
      if (isClosed) {
        return false;
      }
      worker.idleSince(clock.now());
      idle.push(worker);
      changed.signalAll(); // Whoever is woken may need one of another class path.
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A start ahead of need begins, or is over. */
  void expect(int more) {
    lock.lock();
    try {
      expected += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return idle.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all, and nothing back from now on. */
  List<WorkerJvm> close() {
    lock.lock();
    try {
      isClosed = true;
      List<WorkerJvm> all = List.copyOf(idle);
      idle.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Takes those that have been idle for too long; the longest idle first. */
  List<WorkerJvm> takeIdleFor(long nanos) {
    List<WorkerJvm> taken = new ArrayList<>();
    lock.lock();
    try {
      long now = clock.now();
      WorkerJvm oldest;
      while ((oldest = idle.peekLast()) != null && now - oldest.idleSinceNanos() >= nanos) {
        taken.add(oldest);
        idle.removeLast();
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }
}

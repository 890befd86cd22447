package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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

  /** Last used first; none of which somebody waits for. */
  @GuardedBy("lock")
  private final ArrayDeque<WorkerJvm> idle = new ArrayDeque<>();

  /** Starts ahead of need that will give a worker soon. */
  @GuardedBy("lock")
  private int expected;

  /** Who waits for one; the first came first. */
  @GuardedBy("lock")
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  /** Nothing is taken back any more. */
  @GuardedBy("lock")
  private boolean isClosed;

  /** Guarded by the lock. */
  private static final class Waiter {
    private final @Nullable ClassLoader origin;
    private final boolean mayExpect;
    private @Nullable WorkerJvm given;

    Waiter(@Nullable ClassLoader origin, boolean mayExpect) {
      this.origin = origin;
      this.mayExpect = mayExpect;
    }
  }

  /**
   * None.
   *
   * @param clock shows how long one has been idle
   */
  IdleWorkers(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes one, or waits for one: as long as a start ahead of need can be expected to give it, and
   * otherwise for some time. Who came first gets the first that is put back.
   *
   * @param origin whose class path it must have
   * @param mayExpect whether those that are being started have that
   * @param patienceNanos how long at most, where nothing is being started
   * @param isWanted whether the caller still needs it; looked at again after {@link #lookAgain}
   * @return null when the caller is to start one, or to look why he should not
   */
  @Nullable WorkerJvm take(
      @Nullable ClassLoader origin,
      boolean mayExpect,
      long patienceNanos,
      BooleanSupplier isWanted) {
    long start = System.nanoTime();
    lock.lock();
    try {
      WorkerJvm first = poll(idle.iterator(), origin, true);
      if (first != null) {
        return first;
      }
      Waiter me = new Waiter(origin, mayExpect);
      waiters.add(me);
      try {
        while (me.given == null && !isClosed && isWanted.getAsBoolean()) {
          long left = patienceNanos - (System.nanoTime() - start);
          if (isExpected(me)) {
            changed.await();
          } else if (left <= 0 || changed.awaitNanos(left) <= 0) {
            break;
          }
        }
      } catch (InterruptedException e) {
        // No reason to fail: this thread goes on with what it has.
      } finally {
        waiters.remove(me);
      }
      return me.given;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever would be one too many for what is being started starts his own. */
  @GuardedBy("lock")
  private boolean isExpected(Waiter me) {
    int place = 0;
    for (Waiter each : waiters) {
      if (each == me) {
        return me.mayExpect && place < expected;
      }
      place += each.mayExpect ? 1 : 0;
    }
    return false;
  }

  /** Has those who wait look whether they still are to. */
  void lookAgain() {
    lock.lock();
    try {
      changed.signalAll();
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
      Waiter first = firstFor(worker);
      if (first == null) {
        idle.push(worker);
      } else {
        first.given = worker;
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first of those who wait for one of that class path. */
  @GuardedBy("lock")
  private @Nullable Waiter firstFor(WorkerJvm worker) {
    for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
      Waiter each = all.next();
      if (worker.isOf(each.origin)) {
        all.remove();
        return each;
      }
    }
    return null;
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
      changed.signalAll();
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

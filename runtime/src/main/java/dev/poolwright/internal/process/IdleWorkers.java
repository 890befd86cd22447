package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** Takes one, or waits for one that is being started; null when the caller is to start one. */
  @Nullable WorkerJvm take() throws InterruptedException {
    lock.lock();
    try {
      while (idle.isEmpty() && waiting < expected) {
        waiting++;
        try {
          changed.await();
        } finally {
          waiting--;
        }
      }
      return idle.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes one back; false when the pool has ended, and the caller is to see it off. */
  boolean put(WorkerJvm worker) {
    lock.lock();
    try {
      if (isClosed) {
        return false;
      }
      worker.idleSince(System.nanoTime());
      idle.push(worker);
      changed.signal();
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
      long now = System.nanoTime();
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

package dev.poolwright.internal.crew;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of one crew: active, idle, or on their way out. Every method is called under
 * the lock of the crew, and leaves the books right whatever it throws.
 */
final class Roster {

  private final List<WorkerThread> alive = new ArrayList<>();
  private final List<WorkerThread> leaving = new ArrayList<>();
  private final BitSet numbers = new BitSet();

  // A stack through the workers themselves, so that going idle allocates nothing.
  private @Nullable WorkerThread lastIdle;
  private int idle;

  private long started;

  /** Why the last worker could not be started; null when it could. */
  private @Nullable Throwable lack;

  /** Those that run a task or are about to look for one. */
  int active() {
    return alive.size() - idle;
  }

  int count() {
    return alive.size();
  }

  long started() {
    return started;
  }

  List<WorkerThread> toList() {
    return List.copyOf(alive);
  }

  /** Those that are not idle. */
  List<WorkerThread> busy() {
    return alive.stream().filter(worker -> !worker.isIdle).toList();
  }

  /** Starts a worker, with the lowest free number; false when no thread is to be had. */
  boolean start(Crew crew) {
    WorkerThread worker = null;
    int number = numbers.nextClearBit(1);
    try {
      worker = new WorkerThread(crew, number);
      numbers.set(number);
      alive.add(worker);
      worker.life().start(worker);
      started++;
      lack = null;
      return true;
    } catch (Throwable e) {
      if (worker != null) {
        alive.remove(worker);
        numbers.clear(number);
      }
      lack = e;
      return false;
    }
  }

  /** Why there is no worker, when the last one could not be started. */
  @Nullable Throwable lack() {
    return lack;
  }

  /** Wakes the worker that went idle last; false when there is none. */
  boolean wake() {
    WorkerThread worker = lastIdle;
    if (worker == null) {
      return false;
    }
    stopIdling(worker);
    LockSupport.unpark(worker);
    return true;
  }

  /** Wakes every idle worker. */
  void wakeAll() {
    boolean isMore = true;
    while (isMore) {
      isMore = wake();
    }
  }

  /** A worker has found nothing to do. */
  void goIdle(WorkerThread worker) {
    worker.isIdle = true;
    worker.below = lastIdle;
    if (lastIdle != null) {
      lastIdle.above = worker;
    }
    lastIdle = worker;
    idle++;
  }

  /** A worker is idle no more. */
  void stopIdling(WorkerThread worker) {
    WorkerThread above = worker.above;
    WorkerThread below = worker.below;
    if (above == null) {
      lastIdle = below;
    } else {
      above.below = below;
    }
    if (below != null) {
      below.above = above;
    }
    worker.above = null;
    worker.below = null;
    worker.isIdle = false;
    idle--;
  }

  /** A worker is about to end. */
  void leave(WorkerThread worker) {
    leaving.removeIf(other -> !other.isAlive());
    leaving.add(worker);
    alive.remove(worker);
    numbers.clear(worker.number());
  }

  /** Those that have ended, or are about to; to be joined. */
  List<WorkerThread> takeLeaving() {
    List<WorkerThread> all = List.copyOf(leaving);
    leaving.clear();
    return all;
  }
}

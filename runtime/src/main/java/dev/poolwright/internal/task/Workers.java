package dev.poolwright.internal.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of one pool: active, idle, or on their way out. Every method is called under
 * the lock of the pool's crew.
 */
final class Workers {

  private final Crew crew;
  private final EnginePool pool;
  private final ArrayDeque<WorkerThread> idle = new ArrayDeque<>();
  private final List<WorkerThread> alive = new ArrayList<>();
  private final List<WorkerThread> leaving = new ArrayList<>();
  private final BitSet numbers = new BitSet();
  private long started;

  /** Why the last worker could not be started; null when it could. */
  private @Nullable Throwable lack;

  Workers(Crew crew, EnginePool pool) {
    this.crew = crew;
    this.pool = pool;
  }

  /** Those that run a task or are about to look for one. */
  int active() {
    return alive.size() - idle.size();
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

  /** Wakes the worker that went idle last, or starts one; false when no thread is to be had. */
  boolean wakeOrStart() {
    WorkerThread worker = idle.poll();
    if (worker == null) {
      return start();
    }
    wake(worker);
    return true;
  }

  /** Starts a worker, with the lowest free number; false when no thread is to be had. */
  boolean start() {
    int number = numbers.nextClearBit(1);
    try {
      WorkerThread worker = new WorkerThread(crew, pool.threadName(number), number);
      pool.engine().start(worker);
      numbers.set(number);
      alive.add(worker);
      started++;
      lack = null;
    } catch (Throwable e) {
      lack = e;
    }
    return lack == null;
  }

  /** Starts the workers that a pool has from the beginning. */
  void prestart(int count) {
    while (count() < count) {
      if (!start()) {
        throw new IllegalStateException(
            pool + " started " + count() + " of its first " + count + " workers: " + lack, lack);
      }
    }
  }

  /** Why there is no worker, when the last one could not be started. */
  @Nullable Throwable lack() {
    return lack;
  }

  /** Wakes every idle worker. */
  void wakeAll() {
    for (WorkerThread worker; (worker = idle.poll()) != null; ) {
      wake(worker);
    }
  }

  private static void wake(WorkerThread worker) {
    worker.isIdle = false;
    LockSupport.unpark(worker);
  }

  /** A worker has found nothing to do. */
  void goIdle(WorkerThread worker) {
    worker.isIdle = true;
    idle.push(worker);
  }

  /** An idle worker has waited long enough. */
  void stopIdling(WorkerThread worker) {
    idle.remove(worker);
    worker.isIdle = false;
  }

  /** A worker is about to end. */
  void leave(WorkerThread worker) {
    alive.remove(worker);
    numbers.clear(worker.number());
    leaving.removeIf(other -> !other.isAlive());
    leaving.add(worker);
  }

  /** Those that have ended, or are about to; to be joined. */
  List<WorkerThread> takeLeaving() {
    List<WorkerThread> all = List.copyOf(leaving);
    leaving.clear();
    return all;
  }
}

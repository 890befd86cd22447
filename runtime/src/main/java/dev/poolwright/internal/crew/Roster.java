package dev.poolwright.internal.crew;

import dev.poolwright.WorkerView;
import dev.poolwright.internal.task.PoolTask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one crew: active, idle, or on their way out. Every method is called under the lock
 * of the crew, and leaves the books right whatever it throws.
 */
final class Roster {

  /** By number, from 1 on; null where that is free. */
  private final List<@Nullable Worker> alive = new ArrayList<>();

  private final List<Thread> leaving = new ArrayList<>();
  private final BitSet numbers = new BitSet();
  private int count;

  /** No number below it is free: a look from the start takes long where there are thousands. */
  private int lowest = 1;

  // A stack through the workers themselves, so that going idle allocates nothing.
  private @Nullable Worker lastIdle;
  private int idle;

  private int coming;

  private long started;

  /** Why the last worker could not be started; null when it could. */
  private @Nullable Throwable lack;

  /** Those that run a task or are about to look for one. */
  int active() {
    return count - idle;
  }

  /** Those that are about to look for a task: started, woken, or looking before they go idle. */
  int coming() {
    return coming;
  }

  int count() {
    return count;
  }

  long started() {
    return started;
  }

  List<Worker> toList() {
    return alive.stream().filter(Objects::nonNull).toList();
  }

  /** What they run. */
  List<PoolTask<?>> tasks() {
    return toList().stream()
        .<PoolTask<?>>map(worker -> worker.current)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Each with the task that it runs. */
  List<WorkerView> views() {
    return toList().stream()
        .<WorkerView>map(worker -> new ThreadView(worker, worker.taken, worker.current))
        .toList();
  }

  /** Those that are not idle. */
  List<Worker> busy() {
    return toList().stream().filter(worker -> !worker.isIdle).toList();
  }

  /** Starts a worker, with the lowest free number; false when no thread is to be had. */
  boolean start(Crew crew) {
    Worker worker = null;
    int number = numbers.nextClearBit(lowest);
    try {
      worker = new Worker(crew, number);
      take(worker);
      comes(worker);
      crew.life().start(worker.thread());
      started++;
      lack = null;
      return true;
    } catch (Throwable e) {
      if (worker != null) {
        free(worker);
      }
      lack = e;
      return false;
    }
  }

  private void take(Worker worker) {
    int number = worker.number();
    while (alive.size() < number) {
      alive.add(null);
    }
    numbers.set(number);
    alive.set(number - 1, worker);
    count++;
    lowest = number + 1;
  }

  private void free(Worker worker) {
    int number = worker.number();
    if (alive.size() >= number && alive.get(number - 1) == worker) {
      alive.set(number - 1, null);
      arrived(worker);
      count--;
      numbers.clear(number);
      lowest = Math.min(lowest, number);
    }
  }

  /** A worker is about to look for a task, so that no other needs to. */
  void comes(Worker worker) {
    worker.isComing = true;
    coming++;
  }

  /** A worker looks for a task now. */
  void arrived(Worker worker) {
    if (worker.isComing) {
      worker.isComing = false;
      coming--;
    }
  }

  /** Why there is no worker, when the last one could not be started. */
  @Nullable Throwable lack() {
    return lack;
  }

  /** Wakes the worker that went idle last; false when there is none. */
  boolean wake() {
    Worker worker = lastIdle;
    if (worker == null) {
      return false;
    }
    stopIdling(worker);
    comes(worker);
    LockSupport.unpark(worker.thread());
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
  void goIdle(Worker worker) {
    worker.isIdle = true;
    worker.below = lastIdle;
    if (lastIdle != null) {
      lastIdle.above = worker;
    }
    lastIdle = worker;
    idle++;
  }

  /** A worker is idle no more. */
  void stopIdling(Worker worker) {
    Worker above = worker.above;
    Worker below = worker.below;
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
  void leave(Worker worker) {
    leaving.removeIf(other -> !other.isAlive());
    leaving.add(worker.thread());
    free(worker);
  }

  /** Those that have ended, or are about to; to be joined. */
  List<Thread> takeLeaving() {
    List<Thread> all = List.copyOf(leaving);
    leaving.clear();
    return all;
  }
}

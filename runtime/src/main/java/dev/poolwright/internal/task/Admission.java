package dev.poolwright.internal.task;

import dev.poolwright.PoolSaturatedException;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may enter a pool, and the queue of those who did. It shares the lock of the pool's crew,
 * which guards every field.
 *
 * <p>A task has a place when fewer tasks wait than the queue holds, counting a free worker as a
 * place. An outsider without a place waits, is refused, or runs the task itself; an insider, that
 * is a worker or callback thread of the same {@code Pools}, is queued over capacity unless the
 * policy is to reject.
 */
final class Admission {

  private final Crew crew;
  private final EnginePool pool;
  private final CrewLimits limits;
  private final ReentrantLock lock;
  private final Condition placeFree;
  private final WorkQueue queue = new WorkQueue();
  private final Refusals refusals;

  /** Tasks that have a place, and are still being prepared by the thread that submits. */
  private int reserved;

  /** Accepted tasks that are not over: reserved, queued, running, or run by their caller. */
  private int pending;

  /** Threads that wait for a place. */
  private int waiting;

  private long submitted;
  private long overCapacity;

  Admission(Crew crew, CrewLimits limits, ReentrantLock lock) {
    this.crew = crew;
    this.pool = crew.pool();
    this.refusals = new Refusals(pool);
    this.limits = limits;
    this.lock = lock;
    this.placeFree = lock.newCondition();
  }

  /**
   * Queues a task.
   *
   * @return false when the caller is to run it, and to call {@link #callerRan} afterwards
   * @throws RejectedExecutionException when saturated or shut down
   */
  boolean accept(PoolTask<?> task) {
    boolean isInsider = pool.engine().isInsider();
    Throwable lack;
    Threads.lock(lock);
    try {
      if (!enter(task, isInsider)) {
        return false;
      }
      lack = link(task);
    } finally {
      lock.unlock();
    }
    if (lack != null) {
      throw unable(task.name(), 1, lack);
    }
    return true;
  }

  /** Lets a task in that the calling thread runs, and then calls {@link #callerRan}. */
  void acceptHere(PoolTask<?> task) {
    boolean isInsider = pool.engine().isInsider();
    lock.lock();
    try {
      refuseIfShutDown(task.name(), isInsider);
      count();
      if (task instanceof ChunkTask chunk) {
        submitted += chunk.size() - 1;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues a chunk of a batch, over capacity if need be: whoever feeds a batch is never held back,
   * since its buffer bounds it.
   *
   * @param isAdmitted whether the batch was let in before, by {@link #acceptBatch}
   */
  void acceptChunk(ChunkTask chunk, boolean isAdmitted) {
    boolean isInsider = isAdmitted || pool.engine().isInsider();
    Throwable lack;
    lock.lock();
    try {
      if (isAdmitted ? pool.engine().refuses(true) : isRefused(isInsider)) {
        throw refusals.shutDown(chunk.name());
      }
      if (!hasPlace()) {
        overCapacity++;
      }
      count();
      submitted += chunk.size() - 1;
      lack = link(chunk);
    } finally {
      lock.unlock();
    }
    if (lack != null) {
      throw unable(chunk.name(), chunk.size(), lack);
    }
  }

  /** Counts elements of a batch that end without having been let in: they count as ended, too. */
  void countRefused(int elements) {
    lock.lock();
    try {
      submitted += elements;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets in a whole batch, whose chunks follow one by one, until {@link #callerRan}.
   *
   * @throws RejectedExecutionException when saturated or shut down
   */
  void acceptBatch(TaskSite site) {
    boolean isInsider = pool.engine().isInsider();
    lock.lock();
    try {
      refuseIfShutDown(site.name(), isInsider);
      if (limits.whenSaturated() == SaturationPolicy.REJECT && !hasPlace()) {
        throw saturated(site.name());
      }
      count();
      submitted--;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place in the queue for a task that is still to be prepared; as {@link #accept}. */
  void reserve(PoolTask<?> task) {
    boolean isInsider = pool.engine().isInsider();
    lock.lock();
    try {
      boolean unused = enter(task, isInsider);
      reserved++;
    } finally {
      lock.unlock();
    }
  }

  /** Queues a task that has a place, unless it was cancelled meanwhile. */
  void enqueueReserved(PoolTask<?> task) {
    boolean isIdle = false;
    Throwable lack = null;
    lock.lock();
    try {
      reserved--;
      if (task.isDone()) {
        isIdle = leftQueue();
      } else {
        lack = link(task);
      }
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
    if (lack != null) {
      task.discarded();
      throw unable(task.name(), 1, lack);
    }
  }

  /** Gives up the place of a task that could not be prepared. */
  void cancelReserved() {
    boolean isIdle;
    lock.lock();
    try {
      reserved--;
      submitted--;
      isIdle = leftQueue();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  /** A task was run by its caller. */
  void callerRan() {
    boolean isIdle;
    lock.lock();
    try {
      isIdle = left();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  /** Queues a task for the workers; when there are none, why, and then it is not queued. */
  private @Nullable Throwable link(PoolTask<?> task) {
    queue.add(task);
    if (crew.ensureWorker()) {
      return null;
    }
    Throwable lack = crew.lackOfWorkers();
    if (lack == null) {
      pool.stallWatch().queued();
    } else {
      boolean unused = queue.remove(task);
    }
    return lack;
  }

  /** Undoes what let tasks in that no worker will ever run. Not under the lock. */
  private RejectedExecutionException unable(@Nullable String what, int tasks, Throwable lack) {
    RejectedExecutionException refusal;
    boolean isIdle;
    lock.lock();
    try {
      submitted -= tasks;
      refusal = refusals.noWorker(what, lack);
      isIdle = leftQueue();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
    return refusal;
  }

  /** Takes a task out of the queue, whose end somebody else sees to. */
  void remove(PoolTask<?> task) {
    boolean isIdle;
    lock.lock();
    try {
      isIdle = queue.remove(task) && leftQueue();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  private boolean leftQueue() {
    offerPlace();
    return left();
  }

  private void releaseIf(boolean isIdle) {
    if (isIdle) {
      pool.engine().activity().release();
    }
  }

  /**
   * A task is over. Under the lock.
   *
   * @return whether it was the last one, so that the hold is to be released outside the lock
   */
  boolean left() {
    pending--;
    crew.terminateIfOver();
    return pending == 0;
  }

  // ---- under the lock

  WorkQueue queue() {
    return queue;
  }

  /**
   * Lets a task in, which is to be queued next.
   *
   * @return false when its caller is to run it
   * @throws RejectedExecutionException when refused
   */
  private boolean enter(PoolTask<?> task, boolean isInsider) {
    refuseIfShutDown(task.name(), isInsider);
    boolean isToQueue = true;
    if (!hasPlace()) {
      SaturationPolicy policy = limits.whenSaturated();
      if (policy == SaturationPolicy.REJECT) {
        throw saturated(task.name());
      } else if (isInsider) {
        overCapacity++;
      } else if (policy == SaturationPolicy.CALLER_RUNS) {
        isToQueue = false;
      } else {
        awaitPlace(task);
      }
    }
    count();
    return isToQueue;
  }

  private void count() {
    submitted++;
    if (pending++ == 0) {
      pool.engine().activity().hold();
    }
  }

  private void awaitPlace(PoolTask<?> task) {
    Threads.pause(lock, this);
    waiting++;
    try {
      refuseIfShutDown(task.name(), false);
      while (!hasPlace()) {
        task.awaitRoom(placeFree);
        refuseIfShutDown(task.name(), false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusals.interrupted(task.name(), e);
    } finally {
      waiting--;
      offerPlace();
    }
  }

  /**
   * Refuses work that would run without a worker of this pool, when the pool is shut down.
   *
   * @param what the work is, for the message
   */
  void refuseIfShutDown(String what) {
    lock.lock();
    try {
      refuseIfShutDown(what, pool.engine().isInsider());
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfShutDown(@Nullable String task, boolean isInsider) {
    if (isRefused(isInsider)) {
      throw refusals.shutDown(task);
    }
  }

  private boolean isRefused(boolean isInsider) {
    return !crew.isOpen() || (!pool.isOpenToTheEnd() && pool.engine().refuses(isInsider));
  }

  private PoolSaturatedException saturated(@Nullable String task) {
    int running = limits.maxWorkers() - crew.freeWorkers();
    return refusals.saturated(task, running, waitingTasks(), limits.queueCapacity());
  }

  private boolean hasPlace() {
    return waitingTasks() < (long) limits.queueCapacity() + Math.max(0, crew.freeWorkers());
  }

  /** Tasks that wait, those being prepared included. */
  int waitingTasks() {
    return queue.size() + reserved;
  }

  /** Wakes a thread that waits for a place, if there is one. It wakes the next one itself. */
  void offerPlace() {
    if (waiting > 0 && hasPlace()) {
      placeFree.signal();
    }
  }

  /** Lets every thread that waits for a place look again whether it may come in. */
  void wakeAll() {
    placeFree.signalAll();
  }

  /** Whether anything accepted is not over. */
  boolean isPending() {
    return pending > 0;
  }

  long submitted() {
    return submitted;
  }

  long overCapacity() {
    return overCapacity;
  }

  long rejected() {
    return refusals.count();
  }
}

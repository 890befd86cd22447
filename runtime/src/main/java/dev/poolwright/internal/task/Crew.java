package dev.poolwright.internal.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.PoolStats;
import dev.poolwright.annotation.SaturationPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of one pool and the tasks that wait for them, under one lock.
 *
 * <p>A worker is active from its start, or from being taken off the stack of idle ones, until it
 * finds the queue empty under the lock. So whoever queues a task wakes or starts a worker only
 * while fewer are active than may run; every other active worker looks at the queue once more
 * before it goes idle.
 */
final class Crew {

  static final int MOST_LENT = 256;

  /*
   * RUNNING     accepts tasks.
   *             -> SHUTDOWN    shutdown(), by anybody
   * SHUTDOWN    accepts none; workers end when the queue is empty.
   *             -> TERMINATED  by the worker that ends last, when nothing is pending
   * TERMINATED  final.
   */
  private enum State {
    RUNNING,
    SHUTDOWN,
    TERMINATED
  }

  private final EnginePool pool;
  private final CrewLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition placeFree = lock.newCondition();
  private final Condition ended = lock.newCondition();

  @GuardedBy("lock")
  private State state = State.RUNNING;

  @GuardedBy("lock")
  private final WorkQueue queue = new WorkQueue();

  @GuardedBy("lock")
  private final ArrayDeque<WorkerThread> idle = new ArrayDeque<>();

  @GuardedBy("lock")
  private final List<WorkerThread> workers = new ArrayList<>();

  /** Workers that have ended, or are about to; joined by whoever waits for the end. */
  @GuardedBy("lock")
  private final List<WorkerThread> leaving = new ArrayList<>();

  @GuardedBy("lock")
  private final BitSet numbers = new BitSet();

  /** Tasks that a worker runs, their callbacks included. */
  @GuardedBy("lock")
  private int running;

  /**
   * Tasks that have a place in the queue, and are still being prepared by the thread that submits.
   */
  @GuardedBy("lock")
  private int reserved;

  /** Workers that wait for a task of this pool, and workers added against a stall. */
  @GuardedBy("lock")
  private int lent;

  @GuardedBy("lock")
  private int extra;

  /** Accepted tasks that are not over: reserved, queued, running, or run by their caller. */
  @GuardedBy("lock")
  private int pending;

  /** Threads that wait for a place. */
  @GuardedBy("lock")
  private int waiting;

  @GuardedBy("lock")
  private long submitted;

  @GuardedBy("lock")
  private long overCapacity;

  @GuardedBy("lock")
  private long rejected;

  @GuardedBy("lock")
  private long started;

  /** Tasks taken by workers; tells progress from a stall. */
  @GuardedBy("lock")
  private long taken;

  Crew(EnginePool pool, CrewLimits limits) {
    this.pool = pool;
    this.limits = limits;
  }

  EnginePool pool() {
    return pool;
  }

  // ---- submit

  /**
   * Queues a task.
   *
   * @return false when the caller is to run it, and to call {@link #callerRan} afterwards
   * @throws RejectedExecutionException when saturated or shut down
   */
  boolean accept(PoolTask<?> task) {
    boolean isInsider = pool.engine().isInsider();
    lock.lock();
    try {
      boolean isQueued = enter(task, isInsider);
      if (isQueued) {
        link(task);
      }
      return isQueued;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a task in that the calling thread runs, and then calls {@link #callerRan}. */
  void acceptHere(PoolTask<?> task) {
    boolean isInsider = pool.engine().isInsider();
    lock.lock();
    try {
      refuseIfShutDown(task, isInsider);
      count();
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
    lock.lock();
    try {
      reserved--;
      if (task.isDone()) {
        isIdle = leftQueue();
      } else {
        link(task);
      }
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
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
      isIdle = noLongerPending();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  @GuardedBy("lock")
  private boolean enter(PoolTask<?> task, boolean isInsider) {
    refuseIfShutDown(task, isInsider);
    boolean isToQueue = true;
    if (!hasPlace()) {
      SaturationPolicy policy = limits.whenSaturated();
      if (policy == SaturationPolicy.REJECT) {
        rejected++;
        throw new PoolSaturatedException(
            rejection(
                task,
                running
                    + " running, "
                    + waitingTasks()
                    + " queued (capacity "
                    + limits.queueCapacity()
                    + ")"));
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

  @GuardedBy("lock")
  private void count() {
    submitted++;
    if (pending++ == 0) {
      pool.engine().activity().hold();
    }
  }

  @GuardedBy("lock")
  private void awaitPlace(PoolTask<?> task) {
    waiting++;
    try {
      while (!hasPlace()) {
        placeFree.await();
        refuseIfShutDown(task, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      rejected++;
      throw new RejectedExecutionException(
          rejection(task, "the submitting thread was interrupted while it waited for a place"), e);
    } finally {
      waiting--;
      offerPlace();
    }
  }

  @GuardedBy("lock")
  private void refuseIfShutDown(PoolTask<?> task, boolean isInsider) {
    if (state != State.RUNNING || (!pool.isOpenToTheEnd() && pool.engine().refuses(isInsider))) {
      rejected++;
      throw new RejectedExecutionException(rejection(task, "it is shut down"));
    }
  }

  private String rejection(PoolTask<?> task, String why) {
    return "pool \"" + pool.name() + "\" rejected " + task.name() + ": " + why;
  }

  @GuardedBy("lock")
  private boolean hasPlace() {
    return waitingTasks() < (long) limits.queueCapacity() + Math.max(0, limit() - running);
  }

  @GuardedBy("lock")
  private int waitingTasks() {
    return queue.size() + reserved;
  }

  @GuardedBy("lock")
  private int limit() {
    return limits.maxWorkers() + lent + extra;
  }

  @GuardedBy("lock")
  private void offerPlace() {
    if (waiting > 0 && hasPlace()) {
      placeFree.signal();
    }
  }

  @GuardedBy("lock")
  private void link(PoolTask<?> task) {
    queue.add(task);
    boolean isTaken = ensureWorker();
    if (!isTaken) {
      pool.stallWatch().queued();
    }
  }

  // ---- workers

  /** Wakes or starts a worker, if fewer are active than may run. */
  @GuardedBy("lock")
  private boolean ensureWorker() {
    if (workers.size() - idle.size() >= limit()) {
      return false;
    }
    WorkerThread worker = idle.poll();
    if (worker != null) {
      worker.isIdle = false;
      LockSupport.unpark(worker);
    } else {
      startWorker();
    }
    return true;
  }

  @GuardedBy("lock")
  private void startWorker() {
    int number = numbers.nextClearBit(1);
    WorkerThread worker = new WorkerThread(this, pool.threadName(number), number);
    pool.engine().starting();
    worker.start();
    numbers.set(number);
    workers.add(worker);
    started++;
  }

  /** Starts the workers that a pool has from the beginning. */
  void prestart(int count) {
    lock.lock();
    try {
      while (workers.size() < count) {
        startWorker();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The life of a worker. */
  void work(WorkerThread me) {
    for (PoolTask<?> task; (task = next(me)) != null; ) {
      try {
        pool.runTask(task, me);
      } catch (Throwable e) {
        Threads.LOG.log(System.Logger.Level.ERROR, "worker " + me.getName() + " failed", e);
      }
      Thread.interrupted();
    }
  }

  /** Gives back the task that was run, and waits for another; null when the worker is to end. */
  private @Nullable PoolTask<?> next(WorkerThread me) {
    lock.lock();
    try {
      if (me.current != null) {
        me.current = null;
        running--;
        if (noLongerPending()) {
          lock.unlock();
          try {
            pool.engine().activity().release();
          } finally {
            lock.lock();
          }
        }
      }
      while (workers.size() - idle.size() <= limit()) {
        PoolTask<?> task = queue.poll();
        if (task != null) {
          running++;
          taken++;
          me.current = task;
          offerPlace();
          return task;
        }
        offerPlace();
        if (state != State.RUNNING || !awaitTask(me)) {
          break;
        }
      }
      leave(me);
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits on the stack of idle workers; false when nobody woke this one in time. */
  @GuardedBy("lock")
  private boolean awaitTask(WorkerThread me) {
    me.isIdle = true;
    idle.push(me);
    long deadline = System.nanoTime() + limits.keepAliveNanos();
    while (me.isIdle) {
      long left = deadline - System.nanoTime();
      // An interrupt that the pool did not send asks an idle thread to end.
      if (left <= 0 || Thread.interrupted()) {
        idle.remove(me);
        me.isIdle = false;
        return false;
      }
      lock.unlock();
      try {
        LockSupport.parkNanos(this, left);
      } finally {
        lock.lock();
      }
    }
    return true;
  }

  @GuardedBy("lock")
  private void leave(WorkerThread me) {
    workers.remove(me);
    numbers.clear(me.number());
    leaving.removeIf(other -> !other.isAlive());
    leaving.add(me);
    if (!queue.isEmpty()) {
      boolean unused = ensureWorker();
    }
    terminateIfOver();
  }

  /** A worker of this pool is about to wait for a task of this pool. */
  void lend() {
    lock.lock();
    try {
      if (lent >= MOST_LENT) {
        throw new IllegalStateException(
            "pool \""
                + pool.name()
                + "\": "
                + MOST_LENT
                + " workers wait already for tasks of"
                + " their own pool (at most "
                + MOST_LENT
                + "); use thenCompose, Tasks.allOf or"
                + " another pool");
      }
      lent++;
      if (!queue.isEmpty()) {
        boolean unused = ensureWorker();
      }
      offerPlace();
    } finally {
      lock.unlock();
    }
  }

  /** Its wait is over. */
  void giveBack() {
    lock.lock();
    try {
      lent--;
    } finally {
      lock.unlock();
    }
  }

  // ---- the end of tasks

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

  @GuardedBy("lock")
  private boolean leftQueue() {
    offerPlace();
    return noLongerPending();
  }

  /** Whether this was the last one, so that the hold is to be released outside the lock. */
  @GuardedBy("lock")
  private boolean noLongerPending() {
    pending--;
    terminateIfOver();
    return pending == 0;
  }

  private void releaseIf(boolean isIdle) {
    if (isIdle) {
      pool.engine().activity().release();
    }
  }

  // ---- the end of the pool

  /** Accepts nothing more; workers end when the queue is empty. */
  void shutdown() {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        state = State.SHUTDOWN;
      }
      for (WorkerThread worker; (worker = idle.poll()) != null; ) {
        worker.isIdle = false;
        LockSupport.unpark(worker);
      }
      placeFree.signalAll();
      terminateIfOver();
    } finally {
      lock.unlock();
    }
  }

  /** Lets threads that wait for a place see that the engine refuses them. */
  void wakeSubmitters() {
    lock.lock();
    try {
      placeFree.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that wait, in order; they stay queued. */
  List<PoolTask<?>> queued() {
    lock.lock();
    try {
      return queue.toList();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that workers run now. */
  List<PoolTask<?>> runningTasks() {
    lock.lock();
    try {
      List<PoolTask<?>> all = new ArrayList<>();
      for (WorkerThread worker : workers) {
        PoolTask<?> task = worker.current;
        if (task != null) {
          all.add(task);
        }
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void terminateIfOver() {
    if (state == State.SHUTDOWN && pending == 0 && workers.isEmpty()) {
      state = State.TERMINATED;
      ended.signalAll();
    }
  }

  boolean isShutdown() {
    lock.lock();
    try {
      return state != State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  boolean isTerminated() {
    lock.lock();
    try {
      return state == State.TERMINATED;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every task is over and every worker thread has ended. */
  boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    List<WorkerThread> toJoin;
    lock.lockInterruptibly();
    try {
      while (state != State.TERMINATED) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      toJoin = List.copyOf(leaving);
      leaving.clear();
    } finally {
      lock.unlock();
    }
    for (WorkerThread worker : toJoin) {
      if (worker != Thread.currentThread()) {
        TimeUnit.NANOSECONDS.timedJoin(worker, Math.max(left, TimeUnit.SECONDS.toNanos(1)));
      }
    }
    return true;
  }

  // ---- figures

  PoolStats stats(OutcomeCounts counts, long workersStarted, long workersCrashed) {
    lock.lock();
    try {
      return new PoolStats(
          pool.name(),
          pool.kind(),
          limits.maxWorkers(),
          workers.size(),
          running,
          waitingTasks(),
          overCapacity,
          lent,
          submitted,
          counts.succeeded(),
          counts.failed(),
          counts.cancelled(),
          rejected,
          workersStarted < 0 ? started : workersStarted,
          workersCrashed);
    } finally {
      lock.unlock();
    }
  }

  /** What the watch against stalls looks at. */
  StallWatch.Look look() {
    lock.lock();
    try {
      return new StallWatch.Look(queue.size(), taken, List.copyOf(workers));
    } finally {
      lock.unlock();
    }
  }

  /** Adds a worker beyond the limit, or takes all such ones back. */
  void extra(boolean isStalled) {
    lock.lock();
    try {
      extra = isStalled ? Math.min(extra + 1, MOST_LENT) : 0;
      if (isStalled && !queue.isEmpty()) {
        boolean unused = ensureWorker();
      }
    } finally {
      lock.unlock();
    }
  }
}

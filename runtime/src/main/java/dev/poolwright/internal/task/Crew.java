package dev.poolwright.internal.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolStats;
import dev.poolwright.internal.life.Guard;
import java.util.ArrayList;
import java.util.List;
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
 * while fewer are active than may run and none is about to look; whoever takes a task and leaves
 * others does the same.
 */
final class Crew {

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
  private final Condition ended = lock.newCondition();

  // Written under the lock.
  private volatile State state = State.RUNNING;

  @GuardedBy("lock")
  private final Admission admission;

  @GuardedBy("lock")
  private final Workers workers;

  /** Tasks that a worker runs, their callbacks included. */
  @GuardedBy("lock")
  private int running;

  @GuardedBy("lock")
  private int looking; // Workers that see the queue once more before they go idle.

  @GuardedBy("lock")
  private final Loans loans;

  /** Tasks taken by workers; tells progress from a stall. */
  @GuardedBy("lock")
  private long taken;

  Crew(EnginePool pool, CrewLimits limits) {
    this.pool = pool;
    this.limits = limits;
    this.workers = new Workers(this, pool);
    this.loans = new Loans(pool);
    this.admission = new Admission(this, limits, lock);
  }

  EnginePool pool() {
    return pool;
  }

  /** Who may enter, and the queue. */
  @SuppressWarnings("GuardedBy") // The reference is final; what it guards, it guards itself.
  Admission admission() {
    return admission;
  }

  // ---- workers

  @SuppressWarnings("GuardedBy") // By the lock that Admission shares.
  private int limit() {
    return limits.maxWorkers() + loans.sum();
  }

  /** How many more tasks may run now; negative when more run than may. Under the lock. */
  @SuppressWarnings("GuardedBy") // By the lock that Admission shares.
  int freeWorkers() {
    return limit() - running;
  }

  /**
   * Wakes or starts a worker, if none is about to look and fewer are active than may run. When no
   * thread is to be had, those that live go on, and the watch against stalls tries again.
   */
  @SuppressWarnings("GuardedBy") // By the lock that Admission shares.
  boolean ensureWorker() {
    return looking > 0 || (workers.active() < limit() && workers.wakeOrStart());
  }

  /** Why nobody will ever take what is queued; null when there are workers. Under the lock. */
  @SuppressWarnings("GuardedBy") // By the lock that Admission shares.
  @Nullable Throwable lackOfWorkers() {
    return workers.count() > 0 ? null : workers.lack();
  }

  /** Starts the workers that a pool has from the beginning. */
  void prestart(int count) {
    lock.lock();
    try {
      workers.prestart(count);
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
        Guard.log(System.Logger.Level.ERROR, "worker " + me.getName() + " failed", e);
      }
      Thread.interrupted();
    }
    Guard.run(() -> "end of worker " + me.getName(), pool::workerEnds);
  }

  /** Gives back the task that was run, and waits for another; null when the worker is to end. */
  private @Nullable PoolTask<?> next(WorkerThread me) {
    Threads.lock(lock);
    try {
      if (me.current != null) {
        me.current = null;
        running--;
        if (admission.left()) {
          lock.unlock();
          try {
            pool.engine().activity().release();
          } finally {
            lock.lock();
          }
        }
      }
      boolean isLastLook = false;
      while (workers.active() <= limit()) {
        PoolTask<?> task = admission.queue().poll();
        if (task != null) {
          running++;
          taken++;
          me.current = task;
          admission.offerPlace();
          seeToQueue();
          return task;
        }
        admission.offerPlace();
        if (state == State.RUNNING && !isLastLook) {
          looking++;
          Threads.stepBack(lock);
          looking--;
          isLastLook = true;
        } else if (state != State.RUNNING || !awaitTask(me)) {
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
    workers.goIdle(me);
    long deadline = System.nanoTime() + limits.keepAliveNanos();
    while (me.isIdle) {
      long left = deadline - System.nanoTime();
      // An interrupt that the pool did not send asks an idle thread to end.
      if (left <= 0 || Thread.interrupted()) {
        workers.stopIdling(me);
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
    workers.leave(me);
    seeToQueue();
    terminateIfOver();
  }

  /** Finds another worker for what is left in the queue. */
  @GuardedBy("lock")
  private void seeToQueue() {
    if (!admission.queue().isEmpty() && !ensureWorker()) {
      pool.stallWatch().queued();
    }
  }

  /** A worker of this pool is about to wait for a task of this pool. */
  void lend() {
    lock.lock();
    try {
      loans.lend();
      seeToQueue();
      admission.offerPlace();
    } finally {
      lock.unlock();
    }
  }

  /** Its wait is over. */
  void giveBack() {
    lock.lock();
    try {
      loans.giveBack();
    } finally {
      lock.unlock();
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
      workers.wakeAll();
      admission.wakeAll();
      terminateIfOver();
    } finally {
      lock.unlock();
    }
  }

  /** Lets threads that wait for a place see that the engine refuses them. */
  void wakeSubmitters() {
    lock.lock();
    try {
      admission.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that wait, in order; they stay queued. */
  List<PoolTask<?>> queued() {
    lock.lock();
    try {
      return admission.queue().toList();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that workers run now. */
  List<PoolTask<?>> runningTasks() {
    lock.lock();
    try {
      List<PoolTask<?>> all = new ArrayList<>();
      for (WorkerThread worker : workers.toList()) {
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

  /** Interrupts the workers whose run goes on although its task is done. */
  void interruptUnseen() {
    lock.lock();
    try {
      for (WorkerThread worker : workers.toList()) {
        // Under the lock no worker changes its task, so that no other run is hit.
        PoolTask<?> task = worker.current;
        if (task != null && task.isUnseen()) {
          worker.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last worker has left, or the last task is over. Under the lock. */
  @SuppressWarnings("GuardedBy") // By the lock that Admission shares.
  void terminateIfOver() {
    if (state == State.SHUTDOWN && !admission.isPending() && workers.count() == 0) {
      state = State.TERMINATED;
      ended.signalAll();
    }
  }

  /** Whether the pool itself accepts tasks. */
  boolean isOpen() {
    return state == State.RUNNING;
  }

  boolean isShutdown() {
    return state != State.RUNNING;
  }

  boolean isTerminated() {
    return state == State.TERMINATED;
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
      toJoin = workers.takeLeaving();
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
      return new PoolFigures(
          pool.name(),
          pool.kind(),
          limits.maxWorkers(),
          workers.count(),
          running,
          admission.waitingTasks(),
          admission.overCapacity(),
          loans.lent(),
          admission.submitted(),
          counts.succeeded(),
          counts.failed(),
          counts.cancelled(),
          admission.rejected(),
          workersStarted < 0 ? workers.started() : workersStarted,
          workersCrashed);
    } finally {
      lock.unlock();
    }
  }

  /** What the watch against stalls looks at. */
  StallWatch.Look look() {
    lock.lock();
    try {
      return new StallWatch.Look(admission.queue().size(), taken, workers.toList());
    } finally {
      lock.unlock();
    }
  }

  /** Adds a worker beyond the limit, or takes all such ones back. */
  void extra(boolean isStalled) {
    lock.lock();
    try {
      loans.stalled(isStalled);
      if (isStalled) {
        seeToQueue();
      }
    } finally {
      lock.unlock();
    }
  }
}

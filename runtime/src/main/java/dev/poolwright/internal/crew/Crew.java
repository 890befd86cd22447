package dev.poolwright.internal.crew;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.life.VirtualThreads;
import dev.poolwright.internal.life.WaitGraph;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.task.WorkQueue;
import dev.poolwright.internal.time.Clock;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The worker threads of one pool, the tasks that wait for them, and who may enter: all that one
 * lock guards.
 *
 * <p>A worker is active from its start, or from being taken off the stack of idle ones, until it
 * finds nothing to do under the lock. So whoever queues a task wakes or starts a worker only while
 * fewer are active than may run and none is about to look, be it that one was started or woken just
 * now; whoever takes a task and leaves others does the same. Where workers are virtual threads,
 * each ends with its first task, and so many are started as there are tasks queued that none is on
 * its way for, and free places.
 *
 * <p>A task has a place in the queue when fewer tasks wait than the queue holds, counting a free
 * worker as a place. An outsider without a place waits, is refused, or runs the task itself; an
 * insider, that is a thread that works for the same {@code Pools}, is queued over capacity unless
 * the policy is to reject.
 */
public final class Crew implements WaitGraph.Place {

  /** What a crew asks of the pool that it belongs to; its text names the pool in messages. */
  public interface Owner {
    /** The pool's name. */
    String name();

    /** Runs a task on a worker, from {@link PoolTask#begin} to {@link PoolTask#runEnded}. */
    void runTask(PoolTask<?> task, Worker worker);

    /** A platform thread has started; it tells so outside every lock. */
    void workerStarts(Worker worker);

    /** A platform thread ends; it tells so outside every lock. */
    void workerEnded(Worker worker);

    /** A worker ends; it is told so outside every lock. */
    void workerEnds();
  }

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

  private final Owner owner;
  private final Life life;
  private final CrewLimits limits;
  private final StallWatch stallWatch;
  private final ReentrantLock lock = VirtualThreads.lock();
  private final Condition ended = lock.newCondition();
  private final Condition placeFree = lock.newCondition();

  // Written under the lock.
  private volatile State state = State.RUNNING;

  @GuardedBy("lock")
  private final WorkQueue queue = new WorkQueue();

  @GuardedBy("lock")
  private final Roster roster = new Roster();

  @GuardedBy("lock")
  private final Places places;

  @GuardedBy("lock")
  private final Refusals refusals;

  /** Tasks that their callers run, where there are no workers. */
  @GuardedBy("lock")
  private final WorkQueue here = new WorkQueue();

  /** Tasks taken by workers; tells progress from a stall. */
  @GuardedBy("lock")
  private long taken;

  /** Accepted tasks that are not over: reserved, queued, running, or run by their caller. */
  @GuardedBy("lock")
  private int pending;

  /** Threads that wait for a place in the queue. */
  @GuardedBy("lock")
  private int waiting;

  @GuardedBy("lock")
  private long submitted;

  @GuardedBy("lock")
  private long overCapacity;

  /**
   * A crew without workers.
   *
   * @param owner the pool
   * @param life what the pool shares with others
   * @param limits of the pool
   */
  public Crew(Owner owner, Life life, CrewLimits limits) {
    this.owner = owner;
    this.life = life;
    this.limits = limits;
    this.places = new Places(limits, queue);
    this.refusals = new Refusals(owner);
    this.stallWatch = new StallWatch(life, this, owner.toString());
  }

  Owner owner() {
    return owner;
  }

  Life life() {
    return life;
  }

  boolean isVirtual() {
    return limits.isVirtual();
  }

  // ---- who may enter

  /**
   * Queues a task.
   *
   * @return false when the caller is to run it, and to call {@link #callerRan} afterwards
   * @throws RejectedExecutionException when saturated or shut down
   */
  public boolean accept(PoolTask<?> task) {
    boolean isInsider = life.isInsider();
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
      throw unable(task, lack);
    }
    return true;
  }

  /** Lets a task in that is run by hand, before {@link #callerRan}. */
  public void acceptStep(PoolTask<?> task) {
    lock.lock();
    try {
      admit(task);
    } finally {
      lock.unlock();
    }
  }

  /** Lets a task in that the calling thread runs, and then calls {@link #ranHere}. */
  public void acceptHere(PoolTask<?> task) {
    lock.lock();
    try {
      admit(task);
      here.add(task);
    } finally {
      lock.unlock();
    }
  }

  /** A task that was accepted here was run. */
  public void ranHere(PoolTask<?> task) {
    boolean isIdle;
    lock.lock();
    try {
      boolean unused = here.remove(task);
      isIdle = left();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  /** Tasks that their callers run, where there are no workers. */
  public List<PoolTask<?>> here() {
    lock.lock();
    try {
      return here.toList();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void admit(PoolTask<?> task) {
    if (isRefused(false)) { // Only then it counts who asks, which costs time.
      refuseIfShutDown(task, life.isInsider());
    }
    count(task);
  }

  /**
   * Queues a chunk of a batch, over capacity if need be: whoever feeds a batch is never held back,
   * since its buffer bounds it.
   *
   * @param isAdmitted whether the batch was let in before, by {@link #acceptBatch}
   */
  public void acceptChunk(PoolTask<?> chunk, boolean isAdmitted) {
    boolean isInsider = isAdmitted || life.isInsider();
    Throwable lack;
    lock.lock();
    try {
      // A batch that was let in goes on after the pool's own shutdown, as its other chunks do.
      if (isAdmitted ? life.refuses(true) : isRefused(isInsider)) {
        throw refusals.shutDown(chunk.name());
      }
      if (!places.hasRoom()) {
        overCapacity++;
      }
      count(chunk);
      lack = link(chunk);
    } finally {
      lock.unlock();
    }
    if (lack != null) {
      throw unable(chunk, lack);
    }
  }

  /** Counts elements of a batch that end without having been let in: they count as ended, too. */
  public void countRefused(int elements) {
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
  public void acceptBatch(TaskSite site) {
    boolean isInsider = life.isInsider();
    lock.lock();
    try {
      refuseIfShutDown(site.name(), isInsider);
      if (limits.whenSaturated() == SaturationPolicy.REJECT && !places.hasRoom()) {
        throw refusals.saturated(site.name(), places, limits.queueCapacity());
      }
      hold();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place in the queue for a task that is still to be prepared; as {@link #accept}. */
  public void reserve(PoolTask<?> task) {
    boolean isInsider = life.isInsider();
    lock.lock();
    try {
      boolean unused = enter(task, isInsider);
      places.reserve();
    } finally {
      lock.unlock();
    }
  }

  /** Queues a task that has a place, unless it was cancelled meanwhile. */
  public void enqueueReserved(PoolTask<?> task) {
    boolean isIdle = false;
    Throwable lack = null;
    lock.lock();
    try {
      places.giveUpReserved();
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
      throw unable(task, lack);
    }
  }

  /** Gives up the place of a task that could not be prepared. */
  public void cancelReserved() {
    boolean isIdle;
    lock.lock();
    try {
      places.giveUpReserved();
      submitted--;
      isIdle = leftQueue();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
  }

  /** A task was run by its caller, or a batch has fed its last chunk. */
  public void callerRan() {
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
  @GuardedBy("lock")
  private @Nullable Throwable link(PoolTask<?> task) {
    queue.add(task);
    if (ensureWorker()) {
      return null;
    }
    Throwable lack = roster.count() > 0 ? null : roster.lack();
    if (lack == null) {
      stallWatch.queued();
    } else {
      boolean unused = queue.remove(task);
    }
    return lack;
  }

  /** Undoes what let a task in that no worker will ever run. Not under the lock. */
  private RejectedExecutionException unable(PoolTask<?> task, Throwable lack) {
    boolean isIdle;
    lock.lock();
    try {
      submitted -= task.size();
      refusals.add();
      isIdle = leftQueue();
    } finally {
      lock.unlock();
    }
    releaseIf(isIdle);
    return Refusals.noWorker(owner, task.name(), lack);
  }

  /** Takes a task out of the queue, whose end somebody else sees to. */
  public void remove(PoolTask<?> task) {
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
    return left();
  }

  private void releaseIf(boolean isIdle) {
    if (isIdle) {
      life.activity().release();
    }
  }

  /**
   * A task is over.
   *
   * @return whether it was the last one, so that the hold is to be released outside the lock
   */
  @GuardedBy("lock")
  private boolean left() {
    pending--;
    endIfOver();
    return pending == 0;
  }

  /**
   * Lets a task in, which is to be queued next.
   *
   * @return false when its caller is to run it
   * @throws RejectedExecutionException when refused
   */
  @GuardedBy("lock")
  private boolean enter(PoolTask<?> task, boolean isInsider) {
    refuseIfShutDown(task, isInsider);
    boolean isToQueue = true;
    if (!places.hasRoom()) {
      SaturationPolicy policy = limits.whenSaturated();
      if (policy == SaturationPolicy.REJECT) {
        throw refusals.saturated(task.name(), places, limits.queueCapacity());
      } else if (isInsider) {
        overCapacity++;
      } else if (policy == SaturationPolicy.CALLER_RUNS) {
        isToQueue = false;
      } else {
        awaitPlace(task);
      }
    }
    count(task);
    return isToQueue;
  }

  @GuardedBy("lock")
  private void count(PoolTask<?> task) {
    submitted += task.size();
    hold();
  }

  @GuardedBy("lock")
  private void hold() {
    if (pending++ == 0) {
      life.activity().hold();
    }
  }

  @GuardedBy("lock")
  private void awaitPlace(PoolTask<?> task) {
    Threads.pause(lock, this);
    waiting++;
    try {
      refuseIfShutDown(task, false);
      while (!places.hasRoom()) {
        task.awaitRoom(lock, placeFree);
        refuseIfShutDown(task, false);
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
  public void refuseIfShutDown(String what) {
    boolean isInsider = life.isInsider();
    lock.lock();
    try {
      refuseIfShutDown(what, isInsider);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void refuseIfShutDown(@Nullable String what, boolean isInsider) {
    if (isRefused(isInsider)) {
      throw refusals.shutDown(what);
    }
  }

  @GuardedBy("lock")
  private void refuseIfShutDown(PoolTask<?> task, boolean isInsider) {
    // A name is text to be made, which no submit that is let in pays for.
    if (isRefused(isInsider)) {
      throw refusals.shutDown(task.name());
    }
  }

  private boolean isRefused(boolean isInsider) {
    return state != State.RUNNING || life.refuses(isInsider);
  }

  /** Wakes a thread that waits for a place, if there is one. It wakes the next one itself. */
  @GuardedBy("lock")
  private void offerPlace() {
    if (waiting > 0 && places.hasRoom()) {
      placeFree.signal();
    }
  }

  // ---- workers

  /**
   * Wakes or starts a worker, if none is about to look and fewer are active than may run. When no
   * thread is to be had, those that live go on, and the watch against stalls tries again.
   */
  @GuardedBy("lock")
  private boolean ensureWorker() {
    int needed = limits.isVirtual() ? queue.size() : 1;
    return roster.coming() >= needed
        || (roster.active() < places.limit() && (roster.wake() || roster.start(this)));
  }

  /** Finds another worker for what is left in the queue. */
  @GuardedBy("lock")
  private void seeToQueue() {
    if (!queue.isEmpty() && !ensureWorker()) {
      stallWatch.queued();
    }
  }

  /** Starts the workers that a pool has from the beginning. */
  public void prestart(int count) {
    lock.lock();
    try {
      while (roster.count() < count) {
        if (!roster.start(this)) {
          Throwable lack = roster.lack();
          String started = owner + " started " + roster.count() + " of its first ";
          throw new IllegalStateException(started + count + " workers: " + lack, lack);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the task that was run, and waits for another; false when the worker is to end. */
  boolean next(Worker me) {
    Threads.lock(lock);
    try {
      if (me.isIdle) {
        roster.stopIdling(me); // Something threw in its wait.
      }
      roster.arrived(me);
      if (me.current != null) {
        me.current = null;
        me.hasRun = false;
        me.isSpent = limits.isVirtual();
        places.leave();
        if (left()) {
          lock.unlock();
          try {
            life.activity().release();
          } finally {
            lock.lock();
          }
        }
      }
      boolean isLastLook = false;
      while (!me.isSpent && roster.active() <= places.mostActive()) {
        PoolTask<?> task = places.free() > 0 ? queue.poll() : null;
        if (task != null) {
          places.take();
          taken++;
          me.current = task;
          me.taken++;
          offerPlace();
          seeToQueue();
          return true;
        }
        offerPlace();
        if (limits.isVirtual()) {
          break;
        } else if (state == State.RUNNING && !isLastLook) {
          roster.comes(me);
          try {
            Threads.stepBack(lock);
          } finally {
            roster.arrived(me);
          }
          isLastLook = true;
        } else if ((state != State.RUNNING && queue.isEmpty()) || !awaitTask(me)) {
          break;
        }
      }
      leave(me);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits on the stack of idle workers; false when nobody woke this one in time. */
  @GuardedBy("lock")
  private boolean awaitTask(Worker me) {
    if (!queue.isEmpty()) {
      stallWatch.queued(); // Whoever queued it left it to this worker, which may not run it.
    }
    roster.goIdle(me);
    Clock clock = life.clock();
    long deadline = clock.deadline(limits.keepAliveNanos());
    while (me.isIdle) {
      long left = clock.left(deadline);
      // An interrupt that the pool did not send asks an idle thread to end.
      if (left <= 0 || Thread.interrupted()) {
        roster.stopIdling(me);
        return false;
      }
      lock.unlock();
      try {
        clock.park(this, left);
      } finally {
        lock.lock();
      }
    }
    roster.arrived(me);
    return true;
  }

  @GuardedBy("lock")
  private void leave(Worker worker) {
    roster.leave(worker);
    offerPlace();
    seeToQueue();
    endIfOver();
  }

  // ---- places without a worker, and workers without a place

  /**
   * A worker of this pool is about to wait for a task that may need its place.
   *
   * @throws IllegalStateException when as many wait already as may
   */
  @Override
  public void lend() {
    lock.lock();
    try {
      if (places.lent() >= limits.mostLent()) {
        throw Refusals.tooManyWaits(owner, limits.mostLent());
      }
      places.lend();
      seeToQueue();
      offerPlace();
    } finally {
      lock.unlock();
    }
  }

  /** Its wait is over. */
  @Override
  public void giveBack() {
    lock.lock();
    try {
      places.giveBack();
    } finally {
      lock.unlock();
    }
  }

  /** The method of a task returned a stage, which keeps the place of the worker. */
  public void keepPlace(PoolTask<?> task) {
    lock.lock();
    try {
      places.keep(task);
    } finally {
      lock.unlock();
    }
  }

  /** The stage has ended, or nobody waits for it any more. */
  public void freePlace(PoolTask<?> task) {
    lock.lock();
    try {
      if (places.giveUp(task)) {
        seeToQueue();
        offerPlace();
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- the end of the pool

  /** Accepts nothing more; workers end when the queue is empty. */
  public void shutdown() {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        state = State.SHUTDOWN;
      }
      roster.wakeAll();
      placeFree.signalAll();
      endIfOver();
    } finally {
      lock.unlock();
    }
  }

  /** Lets threads that wait for a place see that the engine refuses them. */
  public void wakeSubmitters() {
    lock.lock();
    try {
      placeFree.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that wait, in order; they stay queued. */
  public List<PoolTask<?>> queued() {
    lock.lock();
    try {
      return queue.toList();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that workers run now. */
  public List<PoolTask<?>> runningTasks() {
    lock.lock();
    try {
      return roster.tasks();
    } finally {
      lock.unlock();
    }
  }

  /** The workers, with the tasks that they run. */
  public List<WorkerView> workers() {
    lock.lock();
    try {
      return roster.views();
    } finally {
      lock.unlock();
    }
  }

  /** The threads of workers, where those are virtual. */
  public List<Thread> virtualThreads() {
    lock.lock();
    try {
      return limits.isVirtual() ? roster.toList().stream().map(Worker::thread).toList() : List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the workers whose run goes on although its task is done. */
  public void interruptUnseen() {
    List<Worker> workers;
    lock.lock();
    try {
      workers = roster.toList();
    } finally {
      lock.unlock();
    }
    workers.forEach(each -> Guard.run(() -> "interrupt of a run", () -> interruptIfUnseen(each)));
  }

  private void interruptIfUnseen(Worker worker) {
    lock.lock();
    try {
      // Under the lock no worker changes its task, so that no other run is hit.
      PoolTask<?> task = worker.current;
      if (task != null && task.isUnseen()) {
        Threads.interrupt(worker.thread());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last worker has left, or the last task is over. */
  @GuardedBy("lock")
  private void endIfOver() {
    if (state == State.SHUTDOWN && pending == 0 && roster.count() == 0) {
      state = State.TERMINATED;
      ended.signalAll();
    }
  }

  public boolean isShutdown() {
    return state != State.RUNNING;
  }

  public boolean isTerminated() {
    return state == State.TERMINATED;
  }

  /** Waits until every task is over and every worker thread has ended. */
  public boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    List<Thread> toJoin;
    lock.lockInterruptibly();
    try {
      while (state != State.TERMINATED) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      toJoin = roster.takeLeaving();
    } finally {
      lock.unlock();
    }
    for (Thread worker : toJoin) {
      if (worker != Thread.currentThread()) {
        TimeUnit.NANOSECONDS.timedJoin(worker, Math.max(left, TimeUnit.SECONDS.toNanos(1)));
      }
    }
    return true;
  }

  // ---- figures

  /** Whether any task waits or runs, callbacks included. */
  boolean isBusy() {
    lock.lock();
    try {
      return places.isAnyTaken();
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot. */
  public CrewFigures figures() {
    lock.lock();
    try {
      return new CrewFigures(
          roster.count(),
          places.taken(),
          places.waiting(),
          overCapacity,
          places.lent(),
          submitted,
          refusals.count(),
          roster.started());
    } finally {
      lock.unlock();
    }
  }

  /**
   * What the watch against stalls looks at; tries again to find a worker for what is queued.
   *
   * @param takenBefore how many tasks had been taken at the look before
   */
  StallWatch.Look look(long takenBefore) {
    boolean waitsForOtherPool = life.waits().hasWaiter(this);
    lock.lock();
    try {
      if (!queue.isEmpty()) {
        boolean unused = ensureWorker();
      }
      boolean waits = waitsForOtherPool || places.lent() > 0;
      return taken == takenBefore
          ? new StallWatch.Look(queue.size(), taken, waits, roster.busy(), places.detached())
          : new StallWatch.Look(queue.size(), taken, waits, List.of(), List.of());
    } finally {
      lock.unlock();
    }
  }
}

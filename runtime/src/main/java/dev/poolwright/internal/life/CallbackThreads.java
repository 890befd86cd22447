package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.time.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for what has no worker: for foreign code (callbacks of tasks that ended without one,
 * progress listeners, stages of process pools), or for work of the engine's own. At most 64 run at
 * once, beside those that wait for a task; the queue refuses nothing. Each is kept for a second.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class CallbackThreads implements Executor {

  static final int MOST = 64;

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Life life;
  private final String name;
  private final ReentrantLock lock = VirtualThreads.lock();

  /** Something was queued for an idle thread, or all are to end. */
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private @Nullable QueuedCode first;

  @GuardedBy("lock")
  private @Nullable QueuedCode last;

  /** Actions that are queued or run. */
  @GuardedBy("lock")
  private int pending;

  @GuardedBy("lock")
  private int idle;

  /** Threads that wait for a task; each makes room for another. */
  @GuardedBy("lock")
  private int lent;

  @GuardedBy("lock")
  private boolean isClosed;

  @GuardedBy("lock")
  private final List<CallbackThread> alive = new ArrayList<>();

  @GuardedBy("lock")
  private int numbers;

  CallbackThreads(Life life, String name) {
    this.life = life;
    this.name = "poolwright-" + name + "-";
  }

  /**
   * Queues an action. Where no thread is alive and none can be started, the calling thread runs
   * what is queued.
   */
  @Override
  public void execute(Runnable code) {
    QueuedCode action = new QueuedCode(code);
    life.activity().hold(); // Before anybody can take it, and let go.
    lock.lock();
    try {
      append(action);
      pending++;
    } finally {
      lock.unlock();
    }
    if (!ensureThread()) {
      if (life.deadlines().isWatcher()) {
        // That thread runs nobody's code, and can wait for a thread to be had.
        var unused = life.deadlines().after(RETRY_NANOS, this::runLater);
      } else {
        runHere();
      }
    }
  }

  private void runLater() {
    if (!ensureThread()) {
      throw new IllegalStateException("no thread for " + pending() + " actions");
    }
  }

  @GuardedBy("lock")
  private void append(QueuedCode action) {
    QueuedCode before = last;
    if (before == null) {
      first = action;
    } else {
      before.next = action;
    }
    last = action;
  }

  @GuardedBy("lock")
  private @Nullable QueuedCode poll() {
    QueuedCode action = first;
    if (action != null) {
      first = action.next;
      if (first == null) {
        last = null;
      }
    }
    return action;
  }

  /** Wakes or starts a thread for what is queued; false when there is none and none can be had. */
  private boolean ensureThread() {
    lock.lock();
    try {
      if (first == null) {
        return true;
      } else if (idle > 0) {
        changed.signal();
        return true;
      } else if (alive.size() - lent >= MOST) {
        return true;
      }
      return start() || !alive.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean start() {
    CallbackThread thread = null;
    try {
      thread = new CallbackThread(this, name + (numbers + 1));
      alive.add(thread);
      life.start(thread);
      numbers++;
      return true;
    } catch (Throwable e) {
      // No thread to be had: those that live go on, and the next action tries again.
      if (thread != null) {
        alive.remove(thread);
      }
      return false;
    }
  }

  /** Runs what is queued on a thread that has other things to do, since there is no other. */
  private void runHere() {
    Visit visit = Visit.begin(life);
    try {
      for (QueuedCode action; (action = take()) != null; ) {
        run(action);
      }
    } finally {
      visit.end();
    }
  }

  private @Nullable QueuedCode take() {
    lock.lock();
    try {
      QueuedCode action = poll();
      return action;
    } finally {
      lock.unlock();
    }
  }

  private void run(QueuedCode action) {
    try {
      action.code.run();
    } catch (Throwable e) {
      Guard.log(
          System.Logger.Level.ERROR,
          "an action on " + Thread.currentThread().getName() + " failed",
          e);
    } finally {
      ended();
    }
  }

  private void ended() {
    lock.lock();
    try {
      pending--;
    } finally {
      lock.unlock();
    }
    life.activity().release();
  }

  /** The life of a thread: one action, or the end. */
  private boolean step(CallbackThread me) {
    QueuedCode action = awaitAction(me);
    if (action == null) {
      return false;
    }
    run(action);
    boolean unused = Thread.interrupted();
    return true;
  }

  /** The next action; null when the thread is off the books, and ends. */
  private @Nullable QueuedCode awaitAction(CallbackThread me) {
    lock.lock();
    try {
      long end = Nanos.deadline(KEEP_ALIVE_NANOS);
      while (first == null) {
        long left = isClosed ? 0 : Nanos.left(end);
        if (left <= 0) {
          alive.remove(me);
          changed.signalAll();
          return null;
        }
        idle++;
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          end = System.nanoTime(); // It asks an idle thread to end.
        } finally {
          idle--;
        }
      }
      return poll();
    } finally {
      lock.unlock();
    }
  }

  /** One of these threads is about to wait for a task. */
  void lend() {
    lock.lock();
    try {
      lent++;
    } finally {
      lock.unlock();
    }
    boolean unused = ensureThread();
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

  /** Whether an action that comes now would wait for others to end. */
  boolean isSaturated() {
    lock.lock();
    try {
      return first != null || (idle == 0 && alive.size() - lent >= MOST);
    } finally {
      lock.unlock();
    }
  }

  /** How many actions are queued or run. */
  int pending() {
    lock.lock();
    try {
      return pending;
    } finally {
      lock.unlock();
    }
  }

  /** Ends each thread that finds nothing to do; what is queued and what comes still runs. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every thread but the calling one has ended; false when the time is over. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    List<CallbackThread> threads;
    lock.lock();
    try {
      threads = List.copyOf(alive);
    } finally {
      lock.unlock();
    }
    long deadline = Nanos.deadline(nanos);
    boolean areEnded = true;
    for (CallbackThread thread : threads) {
      areEnded &= Threads.join(thread, Nanos.left(deadline));
    }
    return areEnded;
  }

  /** One of these threads. A daemon: the keeper keeps the JVM alive. */
  private static final class CallbackThread extends OwnThread implements BooleanSupplier {
    private final CallbackThreads owner;

    CallbackThread(CallbackThreads owner, String name) {
      super(owner.life, name);
      this.owner = owner;
    }

    @Override
    public void run() {
      Guard.repeat("a callback thread failed, and goes on", this);
    }

    @Override
    public boolean getAsBoolean() {
      return owner.step(this);
    }

    @Override
    public Runnable lendPlace(WaitGraph.Place awaited) {
      owner.lend();
      return owner::giveBack;
    }
  }

  /** An entry of the queue. */
  private static final class QueuedCode {
    private final Runnable code;
    private @Nullable QueuedCode next; // Guarded by the lock.

    QueuedCode(Runnable code) {
      this.code = code;
    }
  }
}

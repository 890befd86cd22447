package dev.poolwright.internal.life;

import dev.poolwright.Pools;
import dev.poolwright.Time;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the pools of one {@code Pools} share, and their life together.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Life {

  /*
   * RUNNING     -> SHUTDOWN    shutdown(), by anybody: submits from outside are refused, workers and
   *                            callbacks may still submit
   *             -> STOP        shutdownNow(), or the exit of the JVM
   * SHUTDOWN    -> STOP        as above: every submit is refused, queued and running tasks are cancelled
   *             -> TERMINATED  when nothing accepted is left, by the thread that ended the last of it
   * STOP        -> TERMINATED  as above
   * TERMINATED  final; every pool is shut down, and its workers end.
   */
  private enum State {
    RUNNING,
    SHUTDOWN,
    STOP,
    TERMINATED
  }

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A pool, as its life with the others asks it. None of this may block. */
  public interface Member {

    /** Lets threads that wait for a place see that submits are refused. */
    void wakeSubmitters();

    /** Ends what waits: feeds and starts nothing more, and cancels what is queued. */
    void stopQueued();

    /** Cancels what runs, on workers or elsewhere, and ends runs that go on unseen. */
    void stopRunning();

    /** Cancels what is queued, because the JVM exits. */
    void cancelQueued();

    /** Ends worker JVMs at once, because the JVM exits. */
    void killWorkers();

    /** Nothing that was accepted is left, and nothing more can come: its workers end. */
    void allEnded();

    /**
     * Waits for the end of its workers.
     *
     * @param nanos longest wait
     * @return whether all have ended
     * @throws InterruptedException when the calling thread is interrupted
     */
    boolean awaitEnd(long nanos) throws InterruptedException;

    /**
     * Kills every process of a pool that was stopped, and waits until none is left, which takes
     * moments; threads of the pool may be still there.
     *
     * @param nanos longest wait
     * @throws InterruptedException when the calling thread is interrupted
     */
    void awaitKilled(long nanos) throws InterruptedException;

    /** What a stop would end: each task that is not done, with where it is. */
    List<String> notDone();

    /** What is not over: each task with where it is, also those that are done and run on. */
    List<String> unfinished();

    /** Worker threads that the JVM does not list: virtual ones. */
    List<Thread> unlisted();
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final List<Member> pools = new CopyOnWriteArrayList<>();
  private final Consumer<Thread> starter;
  private final Clock clock;
  private final Carriers carriers;
  private final Listeners listeners;
  private final Activity activity;
  private final Deadlines deadlines;
  private final UnobservedFailures failures;
  private final CallbackThreads callbackThreads = new CallbackThreads(this, "callback");
  private final CallbackThreads workThreads = new CallbackThreads(this, "work");
  private final WaitGraph waits = new WaitGraph();
  private final ClassLoader loader;
  private final Companions companions = new Companions();
  private final ExitHook exitHook;

  /**
   * A running engine without pools.
   *
   * @param handler is told of failures that nobody observed; null: they are logged
   * @param exit what happens when the JVM exits
   * @param loader the context class loader of every worker and callback thread
   */
  public Life(
      @Nullable Consumer<? super UnobservedFailure> handler, ExitPlan exit, ClassLoader loader) {
    this(handler, exit, loader, Thread::start, null);
  }

  /**
   * A running engine without pools.
   *
   * @param starter starts each thread, or throws what keeps it from starting
   * @param time what it goes by; null for the system's
   */
  public Life(
      @Nullable Consumer<? super UnobservedFailure> handler,
      ExitPlan exit,
      ClassLoader loader,
      Consumer<Thread> starter,
      @Nullable Time time) {
    this(handler, exit, loader, starter, time, Carriers.NONE, new Listeners(List.of()));
  }

  /**
   * A running engine without pools.
   *
   * @param carriers capture the context of each submit
   * @param listeners hear what the pools do
   */
  public Life(
      @Nullable Consumer<? super UnobservedFailure> handler,
      ExitPlan exit,
      ClassLoader loader,
      Consumer<Thread> starter,
      @Nullable Time time,
      Carriers carriers,
      Listeners listeners) {
    this.starter = starter;
    this.carriers = carriers;
    this.listeners = listeners;
    this.clock = time == null ? Clock.SYSTEM : Clock.of(new GivenTime(time));
    listeners.goBy(clock);
    this.loader = loader;
    exitHook = new ExitHook(this, exit);
    activity = new Activity(this::endIfOver, starter);
    deadlines = new Deadlines(starter, time, clock);
    failures = new UnobservedFailures(handler, starter);
  }

  /** Adds a pool, which shares the life of the others, also when that is over. */
  public void add(Member pool) {
    pools.add(pool);
    if (isTerminated()) {
      pool.allEnded();
    }
  }

  /** Tells those who go along with pools of these ones. */
  public void accompany(Pools opened) {
    companions.open(opened, loader);
  }

  /** What captures the context of each submit. */
  public Carriers carriers() {
    return carriers;
  }

  /** Who hears what the pools do. */
  public Listeners listeners() {
    return listeners;
  }

  /** What waits and deadlines go by. */
  public Clock clock() {
    return clock;
  }

  /** The watch over time limits. */
  public Deadlines deadlines() {
    return deadlines;
  }

  /**
   * The threads of callbacks whose task ended without a worker; they accept work to the very end.
   */
  public CallbackThreads callbackThreads() {
    return callbackThreads;
  }

  /**
   * The threads of the engine's own work that may take a while: limits, kills, starts, feeding. It
   * waits for no foreign code, which runs there only as {@link #complete} says.
   */
  public CallbackThreads workThreads() {
    return workThreads;
  }

  /** Runs foreign code on a callback thread. */
  public void offThread(Runnable action) {
    callbackThreads.execute(action);
  }

  /**
   * Completes a task on whose end foreign code may wait. A limit must not wait for callbacks that
   * block: where those have all threads, another thread does it.
   */
  public void complete(Runnable completion) {
    (callbackThreads.isSaturated() ? workThreads : callbackThreads).execute(completion);
  }

  public WaitGraph waits() {
    return waits;
  }

  /** The context class loader of worker and callback threads. */
  public ClassLoader loader() {
    return loader;
  }

  /** What happens when the JVM exits. */
  ExitHook exitHook() {
    return exitHook;
  }

  public UnobservedFailures failures() {
    return failures;
  }

  public Activity activity() {
    return activity;
  }

  List<Member> pools() {
    return pools;
  }

  /** What the calling thread is, if it is a worker or callback thread of these pools. */
  public @Nullable Lender ownThread() {
    return Thread.currentThread() instanceof OwnThread own
        ? own.life() == this ? own : null
        : Visit.worker(this);
  }

  /** Whether the calling thread is a worker or callback thread of these pools. */
  public boolean isOwnThread() {
    return ownThread() != null;
  }

  /**
   * Whether the calling thread works for these pools: it is one of their own, or runs or ends a
   * task of theirs.
   */
  public boolean isInsider() {
    return (Thread.currentThread() instanceof OwnThread own && own.life() == this)
        || Visit.isAt(this);
  }

  /** Whether a submit is to be refused now. */
  public boolean refuses(boolean isInsider) {
    State now = state.get();
    return now != State.RUNNING && !(now == State.SHUTDOWN && isInsider);
  }

  /** Whether submits from outside are refused. */
  public boolean isShutdown() {
    return state.get() != State.RUNNING;
  }

  /** Whether queued and running tasks are being cancelled. */
  boolean isStopping() {
    return state.get() == State.STOP;
  }

  /** Whether everything that was accepted is over. */
  public boolean isTerminated() {
    return state.get() == State.TERMINATED;
  }

  /** Starts a worker thread, or throws what keeps it from starting. */
  public void start(Thread worker) {
    exitHook.register();
    starter.accept(worker);
  }

  /** Refuses submits from outside, and ends everything once all that was accepted is done. */
  public void shutdown() {
    if (state.compareAndSet(State.RUNNING, State.SHUTDOWN)) {
      // Passing each lock once lets every submit that was let in before be counted.
      pools.forEach(Member::wakeSubmitters);
    }
    endIfOver();
  }

  /** Refuses every submit, and cancels what is queued and running. */
  public void shutdownNow() {
    stop();
    pools.forEach(Member::stopQueued);
    pools.forEach(Member::stopRunning);
    endIfOver();
  }

  /** Refuses every submit, without cancelling anything. */
  void stop() {
    State before = state.getAndUpdate(now -> now == State.TERMINATED ? now : State.STOP);
    if (before == State.RUNNING || before == State.SHUTDOWN) {
      pools.forEach(Member::wakeSubmitters);
    }
  }

  /** May be called again when it throws. */
  private void endIfOver() {
    State now = state.get();
    boolean isOver =
        now == State.TERMINATED
            || ((now == State.SHUTDOWN || now == State.STOP)
                && activity.isIdle()
                && state.compareAndSet(now, State.TERMINATED));
    if (isOver && terminated.getCount() > 0) {
      pools.forEach(Member::allEnded);
      listeners.close();
      if (companions.areOpen()) {
        // Without a thread to be had they stay open; the end of the pools goes on.
        Guard.run(() -> "end of companions", () -> callbackThreads.execute(companions::close));
      }
      callbackThreads.close();
      workThreads.close();
      terminated.countDown();
    }
  }

  /** Waits until everything accepted is over; looks by itself, lest a lost signal hang it. */
  private boolean awaitOver(long deadline) throws InterruptedException {
    while (true) {
      long left = clock.left(deadline);
      if (awaitTerminated(left)) {
        return true;
      } else if (left <= 0) {
        return false;
      }
      endIfOver();
    }
  }

  /** Waits for a moment; whether all is over. */
  private boolean awaitTerminated(long nanos) throws InterruptedException {
    if (!clock.isSystem() && nanos > 0 && terminated.getCount() > 0) {
      clock.park(this, nanos);
    }
    long left = clock.isSystem() ? Math.min(nanos, LOOK_NANOS) : 0;
    return terminated.await(left, TimeUnit.NANOSECONDS);
  }

  /**
   * Waits for the end of everything accepted, of every worker and of the engine's own threads.
   *
   * @param timeoutNanos longest wait
   * @return whether all have ended
   * @throws InterruptedException when the calling thread is interrupted
   */
  public boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    long deadline = Nanos.deadline(timeoutNanos);
    if (!awaitOver(clock.deadline(timeoutNanos))) {
      return false;
    }
    for (Member pool : pools) {
      if (!pool.awaitEnd(Nanos.left(deadline))) {
        return false;
      }
    }
    boolean isOver =
        callbackThreads.awaitEnd(Nanos.left(deadline))
            && workThreads.awaitEnd(Nanos.left(deadline))
            && deadlines.close(Nanos.left(deadline))
            && failures.close(Nanos.left(deadline))
            && activity.close(Nanos.left(deadline));
    if (isOver) {
      exitHook.remove();
    }
    return isOver;
  }

  /** The names of the tasks that are not done, with their pools. */
  List<String> notDone() {
    return pools.stream().flatMap(pool -> pool.notDone().stream()).toList();
  }

  /** The same of those that are not over, be they done or not, and whether callbacks run on. */
  List<String> unfinished() {
    return Stream.concat(
            pools.stream().flatMap(pool -> pool.unfinished().stream()),
            Stream.of("callbacks").filter(what -> callbackThreads.pending() > 0))
        .toList();
  }

  /** A time as the clock asks for it, which lies below its type. */
  private record GivenTime(Time time) implements Clock.Source {
    @Override
    public long now() {
      return time.now();
    }

    @Override
    public void park(Object awaited, long nanos) {
      time.park(awaited, nanos);
    }
  }
}

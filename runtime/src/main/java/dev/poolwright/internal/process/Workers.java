package dev.poolwright.internal.process;

import dev.poolwright.TaskView;
import dev.poolwright.WorkerStartException;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.HelperThread;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.WorkerExit;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.process.start.Machine;
import dev.poolwright.internal.process.start.StartingWorker;
import dev.poolwright.internal.process.start.WorkerLauncher;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import dev.poolwright.internal.wire.RunWord;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The worker JVMs of one pool: started when they are needed, kept while they are used, retired when
 * they are idle for too long or have run enough.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Workers {
  private static final long TOUCH_NANOS = TimeUnit.MINUTES.toNanos(20);

  private final Life life;
  private final PoolSettings settings;
  private final WorkerLauncher launcher;
  private final Breaker breaker;
  private final long keepAliveNanos;
  private final IdleWorkers idle;
  private final Set<WorkerJvm> living = ConcurrentHashMap.newKeySet();
  private final Set<StartingWorker> starting = ConcurrentHashMap.newKeySet();
  private final Queue<WorkerJvm> retiring = new ConcurrentLinkedQueue<>(); // As the pool ends.
  private final Set<Thread> starters = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicLong crashed = new AtomicLong();
  private final AtomicBoolean sweeps = new AtomicBoolean();
  private final AtomicBoolean tidied = new AtomicBoolean();
  private volatile boolean isShutdown; // Set once: nothing is started ahead of need any more.
  private volatile boolean isStopped; // Set once: nothing is started any more.
  private volatile boolean isKilled; // Set once, when the JVM exits, or nobody waits any longer.
  private final AtomicBoolean ends = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final AtomicInteger startsStopped = new AtomicInteger(); // In a row.

  Workers(Life life, PoolSettings settings, Machine machine) {
    this.life = life;
    this.idle = new IdleWorkers(life.clock());
    this.settings = settings;
    this.launcher = new WorkerLauncher(settings, life, machine);
    this.breaker = new Breaker(settings.name(), settings.maxWorkers());
    this.keepAliveNanos = Nanos.of(settings.duration(PoolSetting.KEEP_ALIVE));
  }

  /** Why worker JVMs would not find a class; null when they would. */
  @Nullable String classProblem(Class<?> type) {
    return launcher.classProblem(type);
  }

  Breaker breaker() {
    return breaker;
  }

  long started() {
    return numbers.get();
  }

  long crashed() {
    return crashed.get();
  }

  boolean isStopped() {
    return isStopped;
  }

  /**
   * A worker JVM for one call, started when none is idle. When that fails while others live, it
   * waits for one of those.
   *
   * @param task what needs it
   * @param isWanted whether it still does
   * @return busy
   * @throws WorkerStartException when none can be started
   * @throws dev.poolwright.BrokenPoolException when the pool gave up
   * @throws CancellationException when the pool is stopped, or the task ended meanwhile
   */
  WorkerJvm borrow(PoolTask<?> task, BooleanSupplier isWanted) {
    while (true) {
      breaker.check();
      if (isStopped || !isWanted.getAsBoolean()) {
        throw stopped();
      }
      ClassLoader origin = launcher.origin(task);
      long pauseNanos = breaker.pauseNanos();
      WorkerJvm worker =
          idle.take(
              origin,
              origin == launcher.origin(null),
              pauseNanos,
              () -> !isStopped && isWanted.getAsBoolean());
      if (worker == null && pauseNanos <= 0) {
        worker = startUnlessOthersLive(task, origin, isWanted);
      }
      if (worker != null && isBorrowed(worker)) {
        return worker;
      }
      if (worker != null) {
        reapIdle(worker, task);
      }
    }
  }

  private @Nullable WorkerJvm startUnlessOthersLive(
      PoolTask<?> task, @Nullable ClassLoader origin, BooleanSupplier isWanted) {
    try {
      return start(task, origin, isWanted);
    } catch (WorkerStartException e) {
      if (living.stream().noneMatch(each -> each.isOf(origin))) {
        throw e;
      }
      return null;
    }
  }

  private boolean isBorrowed(WorkerJvm worker) {
    boolean isKnown = false;
    try {
      boolean isBorrowed = worker.borrow();
      isKnown = true;
      return isBorrowed;
    } finally {
      if (!isKnown) {
        killLost(worker);
      }
    }
  }

  /** It died while it was idle: nobody's task fails, but it counts when it never ran one. */
  private void reapIdle(WorkerJvm worker, PoolTask<?> task) {
    WorkerExit exit = reap(worker);
    if (worker.tasks() == 0 && !worker.isKilled()) {
      breaker.crashed(exit.toException(task.name(), false));
    }
  }

  /** What tasks get that have no worker because the pool stops. */
  CancellationException stopped() {
    return settings.stopped();
  }

  private WorkerJvm start(
      @Nullable PoolTask<?> task, @Nullable ClassLoader origin, BooleanSupplier isWanted) {
    long begunNanos = System.nanoTime();
    String name = settings.name() + "-" + numbers.incrementAndGet();
    StartingWorker start = new StartingWorker(task, origin);
    WorkerJvm worker = null;
    starting.add(start);
    try {
      makeRoom(origin);
      // Whoever sets one of these looks at the starts afterwards.
      if (isStopped || !isWanted.getAsBoolean()) {
        start.stop();
      }
      worker = launcher.start(name, start);
      worker.startedFor(origin);
      living.add(worker);
      breaker.started();
      startsStopped.set(0);
      life.listeners().workerStarted(settings.name(), settings.kind(), name, worker.pid());
      lookAfterDirectory();
      if (isKilled) {
        worker.kill();
      }
      return worker;
    } catch (Throwable e) {
      if (worker != null) {
        killLost(worker);
      }
      if (start.isStopped()) {
        throw stopped();
      }
      WorkerStartException failure =
          e instanceof WorkerStartException known ? known : launcher.failed(name, e);
      breaker.startFailed(failure, begunNanos, living.size());
      throw failure;
    } finally {
      starting.remove(start);
      tellStarted();
    }
  }

  /** Beside the first call, which it must not hold up. */
  private void lookAfterDirectory() {
    if (tidied.compareAndSet(false, true)) {
      aside(launcher::tidyUp);
      touchLater();
    }
  }

  /** Has idle workers of other class paths end where there would be too many. */
  private void makeRoom(@Nullable ClassLoader origin) {
    WorkerJvm other = null;
    do {
      if (other != null) {
        retireAndReap(other);
      }
      boolean isFull = living.size() + starting.size() > settings.maxWorkers();
      other = isFull ? idle.takeOther(origin) : null;
    } while (other != null);
  }

  /**
   * Folders for all users are cleared of what is old, and this library clears them of what nobody
   * touched for an hour.
   */
  private void touchLater() {
    var unused = life.deadlines().after(TOUCH_NANOS, () -> aside(this::touch));
  }

  private void touch() {
    if (!isStopped) {
      launcher.touch();
      touchLater();
    }
  }

  private void aside(Runnable work) {
    try {
      life.workThreads().execute(work);
    } catch (Throwable e) {
      // The pools have ended, or there is no thread; the next ones tidy up.
    }
  }

  /**
   * A task ended before a worker ran it: what is being started for it is stopped. Only as many in a
   * row as there may be workers, since a caller that cancels each task sooner than a start takes
   * would never get a worker otherwise.
   */
  void stopStart(PoolTask<?> task) {
    idle.lookAgain();
    for (StartingWorker each : starting) {
      if (each.isFor(task) && startsStopped.getAndIncrement() < settings.maxWorkers()) {
        each.stop();
      }
    }
  }

  /** Starts some ahead of need. */
  void prestart(int count) {
    for (int i = 0; i < count; i++) {
      startAhead("prestart", launcher.origin(null));
    }
  }

  /** On a thread that no end of the pools waits for, as it waits for callbacks. */
  private void startAhead(String what, @Nullable ClassLoader origin) {
    idle.expect(1);
    Thread starter = null;
    try {
      starter = new HelperThread(settings.name() + "-" + what, () -> startIdle(origin));
      starters.add(starter);
      life.start(starter);
    } catch (Throwable e) {
      if (starter != null) {
        starters.remove(starter);
      }
      idle.expect(-1); // There is no thread to be had: the next task starts its own.
      Guard.log(Level.DEBUG, "no " + what + " for pool \"" + settings.name() + "\"", e);
    }
  }

  private void startIdle(@Nullable ClassLoader origin) {
    WorkerJvm worker = null;
    try {
      worker = start(null, origin, () -> true);
      if (idle.put(worker)) {
        sweepLater();
      } else {
        retireAndReap(worker);
      }
    } catch (CancellationException e) {
      // The pool has ended: nobody waits for this one.
    } catch (Throwable e) {
      if (worker != null) {
        killLost(worker);
      }
      Guard.log(Level.WARNING, WorkerLauncher.said(e));
    } finally {
      idle.expect(-1);
      starters.remove(Thread.currentThread());
    }
  }

  /** How many elements of a chunk a worker may be given at once. */
  int mostElements(WorkerJvm worker) {
    int mostTasks = settings.number(PoolSetting.MAX_TASKS_PER_WORKER);
    return mostTasks > 0 ? Math.max(1, mostTasks - worker.tasks()) : RunWord.MOST_ELEMENTS;
  }

  /**
   * Takes a worker back after a call that it answered.
   *
   * @return false when the caller is to {@link #retire} and {@link #reap} it: it has run enough, or
   *     is dead, or the pool has ended
   */
  boolean giveBack(WorkerJvm worker) {
    if (hasRunEnough(worker) || isStopped || !worker.giveBack() || !idle.put(worker)) {
      return false;
    }
    sweepLater();
    return true;
  }

  private boolean hasRunEnough(WorkerJvm worker) {
    int mostTasks = settings.number(PoolSetting.MAX_TASKS_PER_WORKER);
    return mostTasks > 0 && worker.tasks() >= mostTasks;
  }

  /** Has a worker end that was not taken back; {@link #reap} waits for that. */
  void retire(WorkerJvm worker) {
    boolean unused = worker.giveBack();
    worker.retire();
  }

  /** The same, and waits until it is gone. */
  void retireAndReap(WorkerJvm worker) {
    retire(worker);
    WorkerExit unused = reap(worker);
  }

  /**
   * Sees a worker off that is dead or dying. One that has run enough then has a successor ahead of
   * need: the pool is in use, and its memory is free only now.
   *
   * @return how it ended
   */
  WorkerExit reap(WorkerJvm worker) {
    WorkerExit exit = null;
    try {
      exit = worker.reap();
      return exit;
    } finally {
      boolean isKilled = worker.isKilled();
      if (!isKilled) {
        crashed.incrementAndGet();
      }
      living.remove(worker);
      String reason = isKilled || exit == null ? worker.endedBy() : exit.how();
      life.listeners()
          .workerEnded(
              settings.name(), settings.kind(), worker.name(), worker.pid(), reason, !isKilled);
      if (living.isEmpty()) {
        breaker.lastGone();
      }
      idle.lookAgain();
      if (hasRunEnough(worker) && !isStopped && !isShutdown && breaker.pauseNanos() <= 0) {
        startAhead("successor", worker.origin());
      }
    }
  }

  /** Those that live, with what they run. */
  List<WorkerView> views(Map<String, TaskView> running) {
    return living.stream()
        .sorted(Comparator.comparingLong(WorkerJvm::startedNanos))
        .<WorkerView>map(worker -> JvmView.of(worker, running))
        .toList();
  }

  /** Sees a worker off of which nobody knows any more what it does. Throws nothing. */
  void killLost(WorkerJvm worker) {
    worker.killProcess();
    seeOff(worker);
  }

  /** The same as {@link #reap}, but throws nothing. */
  private void seeOff(WorkerJvm worker) {
    Guard.run(
        () -> "end of worker JVM " + worker.label(),
        () -> {
          WorkerExit unused = reap(worker);
        });
  }

  /** Whoever gives a worker back has done so, even if nobody can sweep. */
  private void sweepLater() {
    if (!sweeps.get() && sweeps.compareAndSet(false, true)) {
      try {
        var unused = life.deadlines().after(keepAliveNanos, this::startSweep);
      } catch (Throwable e) {
        sweeps.set(false); // There is no thread to be had: the next one tries again.
      }
    }
  }

  private void startSweep() {
    try {
      life.workThreads().execute(this::sweep);
    } catch (RejectedExecutionException e) {
      sweeps.set(false); // The pools have ended, and see off whoever is idle.
    }
  }

  private void sweep() {
    try {
      retireAll(idle.takeIdleFor(keepAliveNanos));
    } finally {
      sweeps.set(false);
    }
    if (!idle.isEmpty()) {
      sweepLater();
    }
  }

  private void retireAll(List<WorkerJvm> all) {
    all.forEach(WorkerJvm::retire);
    all.forEach(this::seeOff);
  }

  /** Retires every idle worker, because the pool accepts nothing more; {@link #close} waits. */
  void retireIdle() {
    List<WorkerJvm> all = idle.takeIdleFor(Long.MIN_VALUE);
    retiring.addAll(all);
    all.forEach(WorkerJvm::retire);
  }

  /** Starts nothing ahead of need, because the pool accepts nothing more. */
  void shutdown() {
    isShutdown = true;
  }

  /** Stops every start, because the pool stops. */
  void stop() {
    isStopped = true;
    starting.forEach(StartingWorker::stop);
    idle.lookAgain();
  }

  /**
   * Has every worker end, because the pool has ended; what has to be waited for is waited for by
   * another thread. A second call does nothing.
   */
  void close() {
    if (!ends.compareAndSet(false, true)) {
      return;
    }
    stop();
    List<WorkerJvm> last = idle.close();
    retiring.addAll(last);
    last.forEach(WorkerJvm::retire);
    if (numbers.get() == 0 && starting.isEmpty()) {
      reapLast(); // There never was one.
      return;
    }
    try {
      life.start(new HelperThread(settings.name() + "-end", this::reapLast));
    } catch (Throwable e) {
      reapLast(); // There is no thread to be had.
    }
  }

  private void reapLast() {
    try {
      for (WorkerJvm each; (each = retiring.poll()) != null; ) {
        seeOff(each);
      }
      awaitGone();
      starters.forEach(Threads::join);
    } finally {
      Guard.run(() -> "end of the launcher", launcher::close);
      gone.countDown();
    }
  }

  /** Whether every worker is gone, and nothing of them is left. */
  boolean isGone() {
    return gone.getCount() == 0;
  }

  /**
   * Waits until every worker is gone, which {@link #close} sees to.
   *
   * @return whether that was so in time
   */
  boolean awaitGone(long nanos) throws InterruptedException {
    return gone.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void tellStarted() {
    synchronized (starting) {
      starting.notifyAll();
    }
  }

  /**
   * Waits for processes that others see off, who may be held up by callbacks. Each of these waits
   * is bounded: what is starting was killed, and the rest exits or is killed.
   */
  private void awaitGone() {
    try (Wait wait = new Wait(Clock.SYSTEM, this, Nanos.MOST, null)) {
      Object unused = wait.step(nanos -> awaitStarts());
    }
    living.forEach(WorkerJvm::awaitGone);
  }

  private @Nullable Object awaitStarts() throws InterruptedException {
    synchronized (starting) {
      while (!starting.isEmpty()) {
        starting.wait();
      }
    }
    return null;
  }

  /** Kills every worker. */
  void kill() {
    isKilled = true;
    stop();
    living.forEach(WorkerJvm::kill);
  }

  /** Kills every worker, and removes what is left of them, because the JVM exits. */
  void killAtExit() {
    kill();
    Guard.run(() -> "end of what workers started", launcher::killMarked);
    Guard.run(() -> "end of the launcher", launcher::close);
  }
}

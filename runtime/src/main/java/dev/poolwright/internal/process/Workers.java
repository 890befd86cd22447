package dev.poolwright.internal.process;

import dev.poolwright.WorkerStartException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.RunWord;
import java.util.List;
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
  private final Set<Thread> successors = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicLong crashed = new AtomicLong();
  private final AtomicBoolean sweeps = new AtomicBoolean();
  private final AtomicBoolean tidied = new AtomicBoolean();
  private volatile boolean isShutdown; // Set once: nothing is started ahead of need any more.
  private volatile boolean isStopped; // Set once: nothing is started any more.
  private volatile boolean isKilled; // Set once, when the JVM exits, or nobody waits any longer.
  private final AtomicBoolean ends = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final AtomicInteger startsGivenUp = new AtomicInteger(); // In a row.

  Workers(Life life, PoolSettings settings) {
    this.life = life;
    this.idle = new IdleWorkers(life.clock());
    this.settings = settings;
    this.launcher = new WorkerLauncher(settings);
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
   * A worker JVM for one call, started when none is idle.
   *
   * @param task what needs it
   * @return busy
   * @throws WorkerStartException when none can be started
   * @throws dev.poolwright.BrokenPoolException when the pool gave up
   * @throws CancellationException when the pool is stopped, or the task ended meanwhile
   */
  WorkerJvm borrow(PoolTask<?> task) {
    while (true) {
      breaker.check();
      if (isStopped) {
        throw stopped();
      }
      ClassLoader origin = launcher.origin(task);
      WorkerJvm worker = takeIdle(origin);
      if (worker == null) {
        worker = start(task, origin);
      }
      if (worker.borrow()) {
        return worker;
      }
      bury(worker); // It died while it was idle: nobody's task fails.
    }
  }

  /** What tasks get that have no worker because the pool stops. */
  CancellationException stopped() {
    return new CancellationException("pool \"" + settings.name() + "\" was stopped");
  }

  private @Nullable WorkerJvm takeIdle(@Nullable ClassLoader origin) {
    try {
      return idle.take(origin, origin == launcher.origin(null));
    } catch (InterruptedException e) {
      return null; // No reason to wait for a start: this thread makes its own.
    }
  }

  private WorkerJvm start(@Nullable PoolTask<?> task, @Nullable ClassLoader origin) {
    StartingWorker start = new StartingWorker(task, origin);
    starting.add(start);
    try {
      makeRoom(origin);
      // Whoever sets one of these looks at the starts afterwards.
      if (isStopped || (task != null && !task.isWanted())) {
        start.giveUp();
      }
      WorkerJvm worker = launcher.start(settings.name() + "-" + numbers.incrementAndGet(), start);
      breaker.started();
      startsGivenUp.set(0);
      worker.startedFor(origin);
      living.add(worker);
      lookAfterDirectory();
      if (isKilled) {
        worker.kill();
      }
      return worker;
    } catch (WorkerStartException e) {
      if (start.isGivenUp()) {
        throw stopped();
      }
      breaker.startFailed(e);
      throw e;
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
        dismiss(other);
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
    } catch (RejectedExecutionException e) {
      // The pools have ended; the next ones tidy up.
    }
  }

  /**
   * A task ended before a worker ran it: what is being started for it is given up. Only as many in
   * a row as there may be workers, since a caller that cancels each task sooner than a start takes
   * would never get a worker otherwise.
   */
  void giveUp(PoolTask<?> task) {
    for (StartingWorker each : starting) {
      if (each.isFor(task) && startsGivenUp.getAndIncrement() < settings.maxWorkers()) {
        each.giveUp();
      }
    }
  }

  /** Starts some ahead of need, on other threads. */
  void prestart(int count) {
    for (int i = 0; i < count; i++) {
      idle.expect(1);
      life.workThreads().execute(() -> startIdle(launcher.origin(null)));
    }
  }

  /** On a thread that no end of the pools waits for, as it waits for callbacks. */
  private void startSuccessor(@Nullable ClassLoader origin) {
    idle.expect(1);
    Thread starter = new Thread(null, () -> startIdle(origin), settings.name() + "-successor", 0);
    starter.setDaemon(true);
    successors.add(starter);
    try {
      starter.start();
    } catch (OutOfMemoryError e) {
      successors.remove(starter);
      idle.expect(-1); // There is no thread to be had: the next task starts its own.
    }
  }

  private void startIdle(@Nullable ClassLoader origin) {
    try {
      WorkerJvm worker = start(null, origin);
      if (idle.put(worker)) {
        sweepLater();
      } else {
        dismiss(worker);
      }
    } catch (CancellationException e) {
      // The pool has ended: nobody waits for this one.
    } catch (WorkerStartException e) {
      Guard.log(System.Logger.Level.WARNING, String.valueOf(e.getMessage()));
    } finally {
      idle.expect(-1);
      successors.remove(Thread.currentThread());
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
   * @return false when the caller is to {@link #retire} and {@link #bury} it: it has run enough, or
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

  /** Has a worker end that was not taken back; {@link #bury} waits for that. */
  void retire(WorkerJvm worker) {
    boolean unused = worker.giveBack();
    worker.retire();
  }

  /** The same, and waits until it is gone. */
  void dismiss(WorkerJvm worker) {
    retire(worker);
    WorkerDeath unused = bury(worker);
  }

  /**
   * Sees a worker off that is dead or dying. One that has run enough then has a successor ahead of
   * need: the pool is in use, and its memory is free only now.
   *
   * @return how it ended
   */
  WorkerDeath bury(WorkerJvm worker) {
    try {
      return worker.reap();
    } finally {
      if (!worker.isKilled()) {
        crashed.incrementAndGet();
      }
      living.remove(worker);
      if (hasRunEnough(worker) && !isStopped && !isShutdown) {
        startSuccessor(worker.origin());
      }
    }
  }

  private void sweepLater() {
    if (!sweeps.get() && sweeps.compareAndSet(false, true)) {
      var unused = life.deadlines().after(keepAliveNanos, this::startSweep);
    }
  }

  private void startSweep() {
    try {
      life.workThreads().execute(this::sweep);
    } catch (RejectedExecutionException e) {
      // The pools have ended, and see off whoever is idle.
    }
  }

  private void sweep() {
    retireAll(idle.takeIdleFor(keepAliveNanos));
    sweeps.set(false);
    if (!idle.isEmpty()) {
      sweepLater();
    }
  }

  private void retireAll(List<WorkerJvm> all) {
    all.forEach(WorkerJvm::retire);
    all.forEach(this::bury);
  }

  /** Retires every idle worker, because the pool accepts nothing more; {@link #end} waits. */
  void retireIdle() {
    List<WorkerJvm> all = idle.takeIdleFor(Long.MIN_VALUE);
    retiring.addAll(all);
    all.forEach(WorkerJvm::retire);
  }

  /** Starts nothing ahead of need, because the pool accepts nothing more. */
  void shutdown() {
    isShutdown = true;
  }

  /** Gives up every start, because the pool stops. */
  void stop() {
    isStopped = true;
    starting.forEach(StartingWorker::giveUp);
  }

  /**
   * Has every worker end, because the pool has ended; what has to be waited for is waited for by
   * another thread. A second call does nothing.
   */
  void end() {
    if (!ends.compareAndSet(false, true)) {
      return;
    }
    stop();
    List<WorkerJvm> last = idle.close();
    retiring.addAll(last);
    last.forEach(WorkerJvm::retire);
    if (numbers.get() == 0 && starting.isEmpty()) {
      seeOff(); // There never was one.
      return;
    }
    Thread ender = new Thread(null, this::seeOff, settings.name() + "-end", 0);
    ender.setDaemon(true);
    try {
      ender.start();
    } catch (OutOfMemoryError e) {
      seeOff(); // There is no thread to be had.
    }
  }

  private void seeOff() {
    try {
      for (WorkerJvm each; (each = retiring.poll()) != null; ) {
        WorkerDeath unused = bury(each);
      }
      awaitGone();
      successors.forEach(Threads::join);
    } finally {
      launcher.close();
      gone.countDown();
    }
  }

  /** Whether every worker is gone, and nothing of them is left. */
  boolean isGone() {
    return gone.getCount() == 0;
  }

  /**
   * Waits until every worker is gone, which {@link #end} sees to.
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
    boolean interrupted = false;
    synchronized (starting) {
      while (!starting.isEmpty()) {
        try {
          starting.wait();
        } catch (InterruptedException e) {
          interrupted = true; // Restored below: a worker JVM must not outlive its pool.
        }
      }
    }
    living.forEach(WorkerJvm::awaitGone);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills every worker. */
  void kill() {
    isKilled = true;
    stop();
    living.forEach(WorkerJvm::kill);
  }

  /** Kills every worker, and removes what is left of them, because the JVM exits. */
  void exit() {
    kill();
    launcher.killMarked();
    launcher.close();
  }
}

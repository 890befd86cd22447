package dev.poolwright.internal.process;

import dev.poolwright.WorkerStartException;
import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.wire.RunWord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Engine engine;
  private final PoolSettings settings;
  private final WorkerLauncher launcher;
  private final Breaker breaker;
  private final long keepAliveNanos;
  private final IdleWorkers idle = new IdleWorkers();
  private final Set<WorkerJvm> living = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicLong crashed = new AtomicLong();
  private final AtomicBoolean sweeps = new AtomicBoolean();
  private volatile boolean isKilled; // Set once, when the JVM exits.

  Workers(Engine engine, PoolSettings settings) {
    this.engine = engine;
    this.settings = settings;
    this.launcher = new WorkerLauncher(settings);
    this.breaker = new Breaker(settings.name(), settings.maxWorkers());
    this.keepAliveNanos = TaskSite.nanos(settings.keepAlive());
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

  boolean isKilled() {
    return isKilled;
  }

  /**
   * A worker JVM for one call, started when none is idle.
   *
   * @return busy
   * @throws WorkerStartException when none can be started
   * @throws dev.poolwright.BrokenPoolException when the pool gave up
   */
  WorkerJvm borrow() {
    while (true) {
      breaker.check();
      WorkerJvm worker = takeIdle();
      if (worker == null) {
        worker = start();
      }
      if (worker.borrow()) {
        return worker;
      }
      bury(worker); // It died while it was idle: nobody's task fails.
    }
  }

  private @Nullable WorkerJvm takeIdle() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      return null; // No reason to wait for a start: this thread makes its own.
    }
  }

  private WorkerJvm start() {
    try {
      WorkerJvm worker = launcher.start(settings.name() + "-" + numbers.incrementAndGet());
      breaker.started();
      living.add(worker);
      if (isKilled) {
        worker.kill();
      }
      return worker;
    } catch (WorkerStartException e) {
      breaker.startFailed(e);
      throw e;
    }
  }

  /** Starts some ahead of need, on other threads. */
  void prestart(int count) {
    for (int i = 0; i < count; i++) {
      idle.expect(1);
      engine
          .callbackThreads()
          .execute(
              () -> {
                try {
                  idle.put(start());
                } catch (WorkerStartException e) {
                  System.getLogger("dev.poolwright")
                      .log(System.Logger.Level.WARNING, e.getMessage());
                } finally {
                  idle.expect(-1);
                }
              });
    }
    sweepLater();
  }

  /** How many elements of a chunk a worker may be given at once. */
  int mostElements(WorkerJvm worker) {
    int mostTasks = settings.maxTasksPerWorker();
    return mostTasks > 0 ? Math.max(1, mostTasks - worker.tasks()) : RunWord.MOST_ELEMENTS;
  }

  /** Takes a worker back after a call that it answered; one that has run enough is retired. */
  void giveBack(WorkerJvm worker) {
    int mostTasks = settings.maxTasksPerWorker();
    if (!worker.giveBack()) {
      bury(worker);
    } else if (isKilled || (mostTasks > 0 && worker.tasks() >= mostTasks)) {
      retire(worker);
    } else {
      idle.put(worker);
      sweepLater();
    }
  }

  /**
   * Sees a worker off that is dead or dying.
   *
   * @return how it ended
   */
  WorkerDeath bury(WorkerJvm worker) {
    WorkerDeath death = worker.reap();
    living.remove(worker);
    if (!worker.isKilled()) {
      crashed.incrementAndGet();
    }
    return death;
  }

  private void retire(WorkerJvm worker) {
    worker.retire();
    WorkerDeath unused = bury(worker);
  }

  private void sweepLater() {
    if (!sweeps.get() && sweeps.compareAndSet(false, true)) {
      var unused =
          engine
              .deadlines()
              .after(keepAliveNanos, () -> engine.callbackThreads().execute(this::sweep));
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

  /** Retires every idle worker, because the pool has ended; waits until they are gone. */
  void close() {
    retireAll(idle.takeIdleFor(Long.MIN_VALUE));
    if (living.isEmpty()) {
      launcher.close();
    }
  }

  /** Kills every worker, because the JVM exits. */
  void kill() {
    isKilled = true;
    living.forEach(WorkerJvm::kill);
    launcher.close();
  }
}

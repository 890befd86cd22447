package dev.poolwright.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.internal.life.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runnables of a pool whose calls leave this JVM, and which run here all the same: nobody waits for
 * them, and nobody can say whether they travel. A stop of the pool interrupts them.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class LocalRuns implements Executor {
  private final Life life;
  private final Set<LocalRun> runs = ConcurrentHashMap.newKeySet();

  /**
   * None yet.
   *
   * @param life whose callback threads run them
   */
  LocalRuns(Life life) {
    this.life = life;
  }

  @Override
  public void execute(Runnable work) {
    Snapshot context = life.carriers().capture();
    LocalRun run = new LocalRun(context == null ? work : () -> context.run(work));
    runs.add(run);
    try {
      life.callbackThreads().execute(run);
    } catch (RejectedExecutionException e) {
      runs.remove(run);
      throw e;
    }
  }

  /** How many run, or are to. */
  int count() {
    return runs.size();
  }

  /** Interrupts those that run; the others are not to. */
  void stop() {
    runs.forEach(LocalRun::stop);
  }

  private final class LocalRun implements Runnable {
    private final Runnable work;

    @GuardedBy("this")
    private @Nullable Thread runner;

    @GuardedBy("this")
    private boolean isStopped;

    LocalRun(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        if (begin()) {
          work.run();
        }
      } finally {
        end();
      }
    }

    private synchronized boolean begin() {
      runner = Thread.currentThread();
      return !isStopped;
    }

    /** From here on no interrupt comes; one that came is cleared. */
    private synchronized void end() {
      runner = null;
      runs.remove(this);
      boolean unused = Thread.interrupted();
    }

    void stop() {
      Guard.run(() -> "interrupt of a run", this::interrupt);
    }

    private synchronized void interrupt() {
      isStopped = true;
      if (runner != null) {
        Threads.interrupt(runner);
      }
    }
  }
}

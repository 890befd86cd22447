package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Runnable that runs in this JVM, since nobody can say whether it travels; a stop of its pool
 * interrupts it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class LocalRun implements Runnable {
  private final Runnable work;
  private final Set<LocalRun> all;

  @GuardedBy("this")
  private @Nullable Thread runner;

  @GuardedBy("this")
  private boolean isStopped;

  /**
   * Not yet running.
   *
   * @param work what it runs
   * @param all those of the pool; it is in there until it has ended
   */
  LocalRun(Runnable work, Set<LocalRun> all) {
    this.work = work;
    this.all = all;
    all.add(this);
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
    all.remove(this);
    boolean unused = Thread.interrupted();
  }

  /** It is not to run, or to be interrupted. */
  synchronized void stop() {
    isStopped = true;
    if (runner != null) {
      runner.interrupt();
    }
  }

  /** It was refused. */
  void drop() {
    all.remove(this);
  }
}

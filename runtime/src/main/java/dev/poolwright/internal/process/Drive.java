package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.task.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * One call on one worker JVM, as those see it who want to stop it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Drive {
  private final WorkerJvm worker;
  private final long call;

  /** Whether the driver has taken its decision to give the worker back or to bury it. */
  @GuardedBy("this")
  private boolean isOver;

  @GuardedBy("this")
  private Deadlines.@Nullable Deadline killLater;

  Drive(WorkerJvm worker, long call) {
    this.worker = worker;
    this.call = call;
  }

  /** Kills the worker, unless the call is over. */
  void kill() {
    synchronized (this) {
      if (!isOver) {
        worker.kill();
      }
    }
  }

  /** Interrupts the call, and kills the worker later, unless the call is over. */
  synchronized void interrupt(
      Deadlines deadlines, long graceNanos, java.util.concurrent.Executor threads) {
    if (!isOver) {
      worker.interrupt(call, 0);
      killLater = deadlines.after(graceNanos, () -> threads.execute(this::kill));
    }
  }

  /**
   * The driver has its answer, or none can come: nobody kills the worker for this call any more.
   */
  synchronized void end() {
    isOver = true;
    if (killLater != null) {
      killLater.cancel();
    }
  }
}

package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.internal.time.Nanos;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens to the pools when the JVM exits, through {@code System.exit} or a signal: submits
 * are refused, worker JVMs are killed, queued tasks complete as cancelled. It waits at most {@code
 * poolwright.exit-grace}, by default not at all, for accepted tasks, and for what is left of the
 * grace of a close that is under way; and never when a task is the one that called exit, since that
 * never ends.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class ExitHook {

  /** What runs a task has it on its stack; it is of a layer above. */
  private static final String TASK = "dev.poolwright.internal.task.PoolTask";

  /** A duration, or empty. */
  static final String GRACE_PROPERTY = "poolwright.exit-grace";

  /** Dependents of cancelled tasks are foreign code; they must not hold up the exit. */
  private static final long CANCEL_MILLIS = 500;

  private static final long LOOK_MILLIS = 5;

  private final Life life;
  private final ExitPlan plan;
  private final Thread hook;
  private final AtomicBoolean isRegistered = new AtomicBoolean();

  /** Closes with a grace that are under way. */
  @GuardedBy("this")
  private int closes;

  /** When the last grace of them is over; its value has a meaning while there are any. */
  @GuardedBy("this")
  private long closeEnd;

  ExitHook(Life life, ExitPlan plan) {
    this.life = life;
    this.plan = plan;
    this.hook = new HelperThread("poolwright-exit", this::exit);
  }

  void register() {
    if (plan.isHooked() && !isRegistered.get() && isRegistered.compareAndSet(false, true)) {
      try {
        Runtime.getRuntime().addShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is exiting already; its other hooks have seen to what there was.
      }
    }
  }

  void remove() {
    if (isRegistered.get()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is exiting, and the hook has nothing left to do.
      }
    }
  }

  /**
   * A close with a grace begins, which an exit does not overtake; {@link #closeEnds} must follow.
   */
  synchronized void closeBegins(long graceNanos) {
    long end = Nanos.deadline(graceNanos);
    closeEnd = closes == 0 || end - closeEnd > 0 ? end : closeEnd;
    closes++;
  }

  synchronized void closeEnds() {
    closes--;
  }

  private synchronized boolean isCloseUnderWay() {
    return closes > 0 && Nanos.left(closeEnd) > 0;
  }

  /** Whatever a step throws, the next ones are taken. */
  void exit() {
    Guard.run(() -> "shutdown at the exit", life::shutdown);
    Guard.run(() -> "wait for the grace at the exit", this::awaitGrace);
    Guard.run(() -> "stop at the exit", life::stop);
    for (Life.Member pool : life.pools()) {
      Guard.run(() -> "end of workers at the exit", pool::killWorkers);
    }
    Guard.run(() -> "cancel at the exit", this::cancel);
  }

  private void cancel() {
    Thread canceller = new HelperThread("poolwright-exit-cancel", this::cancelQueued);
    try {
      canceller.start();
      canceller.join(CANCEL_MILLIS);
    } catch (OutOfMemoryError e) {
      // No thread to be had, and dependents of tasks may not hold up the exit: they are dropped.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cancels what is queued, and waits for the callbacks of that. */
  private void cancelQueued() {
    for (Life.Member pool : life.pools()) {
      Guard.run(() -> "cancel of what is queued", pool::cancelQueued);
    }
    try {
      while (life.callbackThreads().pending() > 0 && !isExitInTask()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitGrace() {
    long end = Nanos.deadline(Nanos.of(grace()));
    try {
      while (isInGrace(end) && !isExitInTask()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isInGrace(long end) {
    if (isCloseUnderWay() && !life.isStopping()) {
      return true;
    }
    return Nanos.left(end) > 0 && !life.activity().isIdle();
  }

  private Duration grace() {
    String text = System.getProperty(GRACE_PROPERTY, "");
    try {
      return text.isBlank() ? plan.grace() : DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      // Loggers may have been closed by hooks of their own.
      String problem = "-D" + GRACE_PROPERTY + ": " + e.getMessage();
      Guard.run(() -> "message", () -> System.err.println(problem));
      return plan.grace();
    }
  }

  /**
   * Whether a task, or a callback of one, called exit: on whatever thread it runs, it never ends.
   */
  private boolean isExitInTask() {
    return Thread.getAllStackTraces().values().stream().anyMatch(ExitHook::isExitInTask)
        || life.pools().stream()
            .flatMap(pool -> pool.unlisted().stream())
            .anyMatch(thread -> isExitInTask(thread.getStackTrace()));
  }

  private static boolean isExitInTask(StackTraceElement[] frames) {
    boolean isInExit = false;
    for (StackTraceElement frame : frames) {
      isInExit |=
          frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
      if (isInExit && frame.getClassName().equals(TASK)) {
        return true;
      }
    }
    return false;
  }
}

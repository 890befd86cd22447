package dev.poolwright.internal.task;

import dev.poolwright.annotation.DurationText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens to the pools when the JVM exits, through {@code System.exit} or a signal: submits
 * are refused, worker JVMs are killed, queued tasks complete as cancelled. It waits at most {@code
 * poolwright.exit-grace}, by default not at all, for accepted tasks, and never when one of them is
 * the one that called exit, since that never ends.
 */
final class ExitHook {

  /** A duration, or empty. */
  static final String GRACE_PROPERTY = "poolwright.exit-grace";

  /** Dependents of cancelled tasks are foreign code; they must not hold up the exit. */
  private static final long CANCEL_MILLIS = 500;

  private static final long LOOK_MILLIS = 5;

  private final Engine engine;
  private final Thread hook;
  private final AtomicBoolean isRegistered = new AtomicBoolean();

  ExitHook(Engine engine) {
    this.engine = engine;
    this.hook = new Thread(this::exit, "poolwright-exit");
  }

  void register() {
    if (!isRegistered.get() && isRegistered.compareAndSet(false, true)) {
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

  private void exit() {
    engine.shutdown();
    awaitGrace(System.getProperty(GRACE_PROPERTY, ""));
    engine.stop();
    engine.pools().forEach(EnginePool::killWorkers);
    Thread canceller = new Thread(this::cancelQueued, "poolwright-exit-cancel");
    canceller.setDaemon(true);
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
    engine.pools().forEach(pool -> pool.crew().queued().forEach(PoolTask::stopNow));
    try {
      while (engine.callbackThreads().isBusy() && !isExitInTask()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitGrace(String grace) {
    if (grace.isBlank()) {
      return;
    }
    try {
      Duration limit = DurationText.parse(grace);
      long deadline = System.nanoTime() + limit.toNanos();
      while (!engine.activity().isIdle() && System.nanoTime() < deadline && !isExitInTask()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (IllegalArgumentException e) {
      // Loggers may have been closed by hooks of their own.
      System.err.println("-D" + GRACE_PROPERTY + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether a task, or a callback of one, called exit: on whatever thread it runs, it never ends.
   */
  private static boolean isExitInTask() {
    return Thread.getAllStackTraces().values().stream().anyMatch(ExitHook::isExitInTask);
  }

  private static boolean isExitInTask(StackTraceElement[] frames) {
    boolean isInExit = false;
    for (StackTraceElement frame : frames) {
      isInExit |=
          frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
      if (isInExit && frame.getClassName().equals(PoolTask.class.getName())) {
        return true;
      }
    }
    return false;
  }
}

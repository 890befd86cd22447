package dev.poolwright.internal.life;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.UnobservedFailure;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Failed tasks that nobody has observed yet. Each is reported when its task becomes unreachable,
 * and those that are left when the pools are closed or the JVM exits; observing a task takes it off
 * the list. While there are any on the list, also after the close, a daemon thread waits for
 * unreachable ones, and there is an exit hook.
 */
public final class UnobservedFailures {

  private static final long POLL_MILLIS = 1_000;

  private final @Nullable Consumer<? super UnobservedFailure> handler;
  private final Consumer<Thread> starter;
  private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
  private final Set<Report> reports = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = VirtualThreads.lock();

  // Written under the lock.
  private volatile @Nullable Thread reporter;

  @GuardedBy("lock")
  private @Nullable Thread exitHook;

  /** What is left is to be reported now. */
  private volatile boolean isClosing;

  /**
   * None.
   *
   * @param handler is told of each; null: they are logged
   * @param starter starts the thread that waits for them
   */
  UnobservedFailures(
      @Nullable Consumer<? super UnobservedFailure> handler, Consumer<Thread> starter) {
    this.handler = handler;
    this.starter = starter;
  }

  /** Puts a failed task on the list. */
  public Report register(Object task, UnobservedFailure failure) {
    Report report = new Report(task, failure, unreachable);
    reports.add(report);
    if (reporter == null) {
      boolean unused = startReporter();
    }
    return report;
  }

  /** Takes a task off the list, because somebody observed it. */
  public void observed(Report report) {
    reports.remove(report);
    report.clear();
  }

  /**
   * Has all that is left reported, and ends the thread.
   *
   * @return whether that was done in time
   */
  boolean close(long nanos) throws InterruptedException {
    isClosing = true;
    if (reporter == null && (reports.isEmpty() || !startReporter())) {
      isClosing = false;
      reportAll(); // None, or there is no thread to be had for them.
      removeHookIfUnneeded();
      return true;
    }
    Thread thread = reporter;
    if (thread == null) {
      return true;
    }
    // It may be inside the handler, which an interrupt would disturb: this wakes it from its wait.
    boolean unused = new PhantomReference<>(this, unreachable).enqueue();
    return Threads.join(thread, nanos);
  }

  /** Whether there is a thread that reports. */
  private boolean startReporter() {
    lock.lock();
    try {
      if (reporter == null) {
        addHook();
        Thread thread =
            new HelperThread(
                "poolwright-unobserved",
                "the watch over unobserved failures failed, and goes on",
                this::step);
        reporter = thread;
        starter.accept(thread);
      }
      return true;
    } catch (Throwable e) {
      // No thread to be had: the next failure tries again, and the hook reports what is left.
      reporter = null;
      return false;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void addHook() {
    if (exitHook == null) {
      try {
        Thread hook = new HelperThread("poolwright-unobserved-at-exit", this::reportAll);
        Runtime.getRuntime().addShutdownHook(hook);
        exitHook = hook;
      } catch (IllegalStateException e) {
        // The JVM is exiting: too late for a hook; whoever closes the pools meanwhile still hears.
      }
    }
  }

  /** Waits for one to become unreachable, and reports it; false when the thread is to end. */
  private boolean step() {
    if (isClosing) {
      isClosing = false;
      reportAll();
    }
    try {
      if (!reports.isEmpty() && unreachable.remove(POLL_MILLIS) instanceof Report report) {
        report(report);
      }
    } catch (InterruptedException e) {
      // It asks an idle thread to end; the next failure, or the close, starts another.
      reporter = null;
      return false;
    }
    return isClosing || !reports.isEmpty() || !end();
  }

  /** Whether the thread may end. A failure that comes later sees no thread, and starts another. */
  private boolean end() {
    lock.lock();
    try {
      reporter = null;
      if (reports.isEmpty()) {
        removeHookIfUnneeded();
        return true;
      }
      reporter = Thread.currentThread();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void reportAll() {
    reports.forEach(this::report);
  }

  private void report(Report report) {
    if (reports.remove(report)) {
      Guard.run(() -> "handler of unobserved failures", () -> handle(report.failure));
    }
  }

  private void handle(UnobservedFailure failure) {
    if (handler == null) {
      log(failure);
    } else {
      handler.accept(failure);
    }
  }

  private static void log(UnobservedFailure failure) {
    String site = failure.submitSite() == null ? "" : ", submitted at " + failure.submitSite();
    String text =
        failure.task()
            + " failed on pool \""
            + failure.pool()
            + "\", and nobody looked at its outcome"
            + site;
    if (isExiting()) {
      // Loggers may have been closed by hooks of their own.
      System.err.println(text);
      failure.cause().printStackTrace();
    } else {
      Guard.log(Level.ERROR, text, failure.cause());
    }
  }

  private static boolean isExiting() {
    try {
      return Runtime.getRuntime().removeShutdownHook(new Thread());
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void removeHookIfUnneeded() {
    lock.lock();
    try {
      if (exitHook != null && reports.isEmpty()) {
        Runtime.getRuntime().removeShutdownHook(exitHook);
        exitHook = null;
      }
    } catch (IllegalStateException e) {
      // The JVM is exiting, and runs the hook anyway.
    } finally {
      lock.unlock();
    }
  }

  /** A failed task on the list. */
  public static final class Report extends PhantomReference<Object> {
    private final UnobservedFailure failure;

    Report(Object task, UnobservedFailure failure, ReferenceQueue<Object> queue) {
      super(task, queue);
      this.failure = failure;
    }
  }
}

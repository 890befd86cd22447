package dev.poolwright.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.TaskContext;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.life.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of one call in a worker JVM, as user code sees it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Run implements TaskContext {
  /*
   * RUNNING       the method runs, or its argument is read.
   * INTERRUPTING  a CANCEL came: RUNNING -> INTERRUPTING by the tether thread, which now interrupts.
   * INTERRUPTED   the interrupt was sent: INTERRUPTING -> INTERRUPTED by the tether thread.
   * ENDED         the method is over: RUNNING -> ENDED by the running thread. No interrupt can come.
   *
   * The running thread waits out INTERRUPTING in end(), as FutureTask does, and clears its flag then,
   * so that no interrupt reaches the next run, or the channel, which it would close.
   */
  private static final int RUNNING = 0;
  private static final int INTERRUPTING = 1;
  private static final int INTERRUPTED = 2;
  private static final int ENDED = 3;

  private final AtomicInteger state = new AtomicInteger(RUNNING);
  private final Thread thread;
  private final String name;
  private final long call;
  private final int element;
  private final long limitNanos;
  private final long startNanos; // 0 without a limit: nobody asks then.
  private final ProgressSender progress;

  @GuardedBy("this")
  private List<Runnable> cleanUps = List.of();

  Run(
      Thread thread,
      String name,
      long call,
      int element,
      long limitNanos,
      ProgressSender progress) {
    this.thread = thread;
    this.name = name;
    this.call = call;
    this.element = element;
    this.limitNanos = limitNanos;
    this.startNanos = limitNanos > 0 ? System.nanoTime() : 0;
    this.progress = progress;
  }

  boolean is(long wantedCall, int wantedElement) {
    return call == wantedCall && element == wantedElement;
  }

  /** Interrupts this run, and only this run. Called by the tether thread. */
  void cancel() {
    if (!state.compareAndSet(RUNNING, INTERRUPTING)) {
      return;
    }
    Guard.interrupt(thread);
    state.set(INTERRUPTED);
    List<Runnable> toRun;
    synchronized (this) {
      toRun = cleanUps;
      cleanUps = List.of();
    }
    if (!toRun.isEmpty()) {
      startCleanUps(() -> toRun.forEach(Run::runCleanUp));
    }
  }

  /** On a thread of their own: the tether thread has to see the parent's end meanwhile. */
  private static void startCleanUps(Runnable all) {
    try {
      Thread runner = new Thread(all, "poolwright-on-cancel");
      runner.setDaemon(true);
      runner.start();
    } catch (Throwable e) {
      all.run(); // There is no thread to be had: better late orders than a run that waits on.
    }
  }

  private static void runCleanUp(Runnable cleanUp) {
    Guard.run(() -> "onCancel", cleanUp::run);
  }

  /**
   * Ends this run: afterwards no interrupt of it can come, and the flag is clear.
   *
   * @return false when it was cancelled before
   */
  boolean end() {
    boolean isUndisturbed = state.compareAndSet(RUNNING, ENDED);
    while (state.get() == INTERRUPTING) {
      Thread.onSpinWait();
    }
    boolean ignored = Thread.interrupted();
    return isUndisturbed;
  }

  boolean isEnded() {
    return state.get() == ENDED;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isCancelled() {
    int now = state.get();
    return now == INTERRUPTING || now == INTERRUPTED || isOverLimit();
  }

  private boolean isOverLimit() {
    return limitNanos > 0 && System.nanoTime() - startNanos >= limitNanos;
  }

  @Override
  public Optional<Duration> remaining() {
    return limitNanos == 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, limitNanos - (System.nanoTime() - startNanos))));
  }

  @Override
  public void onCancel(Runnable cleanUp) {
    synchronized (this) {
      int now = state.get();
      if (now == ENDED) {
        return;
      }
      if (now == RUNNING) {
        List<Runnable> more = new ArrayList<>(cleanUps);
        more.add(cleanUp);
        cleanUps = more;
        return;
      }
    }
    runCleanUp(cleanUp);
  }

  @Override
  public void progress(double fraction, String message) {
    TaskProgress report = new TaskProgress(fraction, message);
    if (state.get() != ENDED) {
      progress.offer(call, element, report);
    }
  }
}

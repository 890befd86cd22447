package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.Rehearsal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a worker JVM does beside its work: while its main thread greets the parent it rehearses a
 * call, so that the classes which the first one needs are there, and loads that one's own. After
 * the first answer, or when that takes long, it maps the run word for the second call, and starts
 * the thread that sends stacks. Signals it leaves to the parent first of all.
 *
 * <p><b>Source:</b> the first answer waits for none of it, and shares the CPUs with as little as
 * possible.
 */
final class Preparation extends Thread {
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private volatile @Nullable LateRunWord word; // Written by the main thread.
  private volatile @Nullable CallRunner runner; // Written by the main thread.
  private volatile @Nullable String firstCall; // Written by the main thread.
  private volatile boolean isFirstAnswered; // Written by the running thread.

  Preparation() {
    super(null, null, "poolwright-preparation", 0);
    setDaemon(true);
  }

  /** The class of the first call, by its binary name; empty when it is not known. */
  void willCall(String className) {
    firstCall = className;
    LockSupport.unpark(this);
  }

  void willMap(LateRunWord runWord) {
    word = runWord;
  }

  void willDump(CallRunner callRunner) {
    runner = callRunner;
  }

  /** The first frame is answered: now is the time for the rest. */
  void goOn() {
    isFirstAnswered = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    TerminalSignals.leaveToParent();
    rehearse();
    loadCall();
    awaitFirstAnswer();
    try {
      LateRunWord late = word;
      if (late != null) {
        late.map();
      }
      CallRunner running = runner;
      if (running != null) {
        running.startStacks();
      }
    } catch (Throwable e) {
      // The running thread meets it too, and says so.
    }
  }

  /** Opens jars and folders of the class path as well, up to the one that has it. */
  private void loadCall() {
    String name = firstCall;
    while (name == null) { // The invitation has not come.
      LockSupport.park(this);
      name = firstCall;
    }
    try {
      if (!name.isEmpty()) {
        Class<?> unused = Class.forName(name, false, ClassLoader.getSystemClassLoader());
      }
    } catch (Throwable e) {
      // The first call meets it too.
    }
  }

  private void awaitFirstAnswer() {
    long start = System.nanoTime();
    long leftNanos = MOST_WAIT_NANOS;
    while (!isFirstAnswered && leftNanos > 0) {
      LockSupport.parkNanos(this, leftNanos);
      leftNanos = MOST_WAIT_NANOS - (System.nanoTime() - start);
    }
  }

  private static void rehearse() {
    try {
      Rehearsal.hold();
    } catch (Throwable e) {
      // The first call meets it too.
    }
  }
}

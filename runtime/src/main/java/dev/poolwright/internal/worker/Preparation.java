package dev.poolwright.internal.worker;

import dev.poolwright.internal.wire.LateRunWord;
import dev.poolwright.internal.wire.Rehearsal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a worker JVM does beside its work: while its main thread greets the parent it rehearses a
 * call, so that the classes which the first one needs are there. After the first answer, or when
 * that takes long, it ignores SIGINT and maps the run word for the second call.
 *
 * <p><b>Source:</b> the first answer waits for none of it, and shares the CPUs with as little as
 * possible.
 */
final class Preparation extends Thread {
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private volatile @Nullable LateRunWord word; // Written by the main thread.
  private volatile boolean isFirstAnswered; // Written by the running thread.

  Preparation() {
    super(null, null, "poolwright-preparation", 0);
    setDaemon(true);
  }

  void willMap(LateRunWord runWord) {
    word = runWord;
  }

  /** The first frame is answered: now is the time for the rest. */
  void goOn() {
    isFirstAnswered = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    rehearse();
    if (!isFirstAnswered) {
      LockSupport.parkNanos(this, MOST_WAIT_NANOS);
    }
    TerminalSignals.ignoreInterrupt();
    try {
      LateRunWord late = word;
      if (late != null) {
        late.map();
      }
    } catch (Throwable e) {
      // The running thread meets it too, and says so.
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

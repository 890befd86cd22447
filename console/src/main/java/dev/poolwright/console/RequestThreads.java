package dev.poolwright.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs requests, which the server reads on the thread that answers them. One that does not come to
 * its end in time is cut off, so that half of a request holds no thread for long, and nobody needs
 * the token to send that.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class RequestThreads implements Executor {

  /** One request, until it has ended or may take as long as it likes. */
  private static final class Limit {
    private final Thread thread = Thread.currentThread();

    @GuardedBy("this")
    private boolean isOff;

    synchronized void pass() {
      if (!isOff) {
        thread.interrupt(); // It reads or writes a socket, which that closes.
      }
    }

    synchronized void off() {
      isOff = true;
    }
  }

  private static final ThreadLocal<Limit> CURRENT = new ThreadLocal<>();

  private final Executor threads;
  private final ScheduledExecutorService clock;
  private final long limitNanos;

  RequestThreads(Executor threads, ScheduledExecutorService clock, Duration limit) {
    this.threads = threads;
    this.clock = clock;
    this.limitNanos = limit.toNanos();
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> run(request));
  }

  private void run(Runnable request) {
    Limit limit = new Limit();
    Future<?> timer;
    try {
      timer = clock.schedule(limit::pass, limitNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return; // The console was closed, and with it every connection.
    }
    CURRENT.set(limit);
    try {
      request.run();
    } finally {
      limit.off();
      timer.cancel(false);
      CURRENT.remove();
    }
  }

  /** The request of the calling thread may take as long as it likes. */
  void unlimited() {
    CURRENT.get().off();
  }
}

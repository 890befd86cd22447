package dev.poolwright.internal.parcel;

import dev.poolwright.TaskSerializationException;
import dev.poolwright.TaskSerializationException.Phase;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.HelperThread;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.Payloads;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads answers that may keep their reader for ever, on threads that can be left behind: the driver
 * waits until its task has ended, however that comes. Java cannot end such a thread; it ends when
 * it is through, and keeps nobody.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class AnswerReaders {
  private static final long KEEP_SECONDS = 10;

  /** So many are left behind, and no more answers read while those go on. */
  private static final int MOST_LEFT = 64;

  private record Reading(PoolTask<?> task, FutureTask<Ending> answer) {
    void leaveBehind() {
      boolean unused = answer.cancel(false);
    }
  }

  private final String pool;
  private final ThreadPoolExecutor threads;
  private final Map<Thread, Reading> readings = new ConcurrentHashMap<>();

  /**
   * No threads yet.
   *
   * @param pool its name
   * @param drivers how many wait for answers at most
   */
  AnswerReaders(String pool, int drivers) {
    this.pool = pool;
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            drivers + MOST_LEFT,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> new HelperThread(pool + "-reader-" + count.incrementAndGet(), work));
  }

  /**
   * Reads an answer, by a driver.
   *
   * @param task whose it is
   * @param read reads it
   * @return what it says, or a cancellation when the task has ended before it was read
   */
  Ending read(PoolTask<?> task, Callable<Ending> read) throws IOException {
    Thread driver = Thread.currentThread();
    ClassLoader loader = driver.getContextClassLoader();
    FutureTask<Ending> answer =
        new FutureTask<>(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              try {
                return read.call();
              } finally {
                Thread.currentThread().setContextClassLoader(null);
              }
            });
    Reading reading = new Reading(task, answer);
    readings.put(driver, reading);
    try {
      if (!start(answer)) {
        return new Ending(null, tooMany(task));
      }
      if (task.isDone()) {
        reading.leaveBehind(); // Whoever ended it may not have seen that it is being read.
      }
      return await(reading);
    } finally {
      readings.remove(driver);
    }
  }

  /** False when too many were left behind. */
  private boolean start(FutureTask<Ending> answer) {
    try {
      threads.execute(answer);
    } catch (RejectedExecutionException e) {
      return false;
    } catch (RuntimeException | OutOfMemoryError e) {
      answer.run(); // No thread is to be had: better here than never.
    }
    return true;
  }

  private TaskSerializationException tooMany(PoolTask<?> task) {
    String why =
        MOST_LEFT
            + " other results of pool \""
            + pool
            + "\" are still being read, although their tasks have ended";
    return Payloads.failure(
        task.name(), Phase.RESULT_READ, "unknown", why, new IllegalStateException(why));
  }

  private static Ending await(Reading reading) throws IOException {
    while (true) {
      try {
        return reading.answer.get();
      } catch (InterruptedException e) {
        // Drivers are not stopped by interrupts; the end of the task wakes them.
      } catch (CancellationException e) {
        Guard.log(
            System.Logger.Level.DEBUG,
            reading.task.name() + " ended before its answer was read; that goes on by itself");
        return new Ending(null, e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** The task has ended: its driver waits no longer for the answer. */
  void leaveBehind(PoolTask<?> task, Thread driver) {
    Reading reading = readings.get(driver);
    if (reading != null && reading.task == task) {
      reading.leaveBehind();
    }
  }

  /** Every task has ended. */
  void leaveAllBehind() {
    readings.values().forEach(Reading::leaveBehind);
  }

  /** Ends threads that read nothing. A second call does nothing. */
  void close() {
    threads.shutdown();
  }
}

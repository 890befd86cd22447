package dev.poolwright.internal.pool;

import dev.poolwright.Task;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import dev.poolwright.spi.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One {@code invokeAll} or {@code invokeAny}, as {@link java.util.concurrent.ExecutorService} has
 * them. The time limit counts for the submits as well: what finds no room in time is not submitted.
 */
final class Invocations {

  private final EnginePool pool;
  private final TaskSite site;
  private final Clock clock;
  private final boolean isTimed;
  private final long deadlineNanos;

  /**
   * Begins to count the time.
   *
   * @param pool runs the tasks
   * @param site what the tasks have in common
   * @param timeoutNanos longest wait
   */
  Invocations(EnginePool pool, TaskSite site, long timeoutNanos) {
    this.pool = pool;
    this.site = site.capturing();
    this.clock = pool.life().clock();
    this.isTimed = timeoutNanos < Nanos.MOST;
    this.deadlineNanos = clock.deadline(timeoutNanos);
  }

  <T> List<Future<T>> all(Collection<? extends Callable<T>> calls) throws InterruptedException {
    List<Callable<T>> checked = checked(calls);
    List<Task<T>> tasks = new ArrayList<>(checked.size());
    try {
      for (Callable<T> call : checked) {
        tasks.add(submit(call));
      }
      for (Task<T> task : tasks) {
        if (!awaitDone(task)) {
          break;
        }
      }
    } finally {
      // Those not done: the time is over, the wait was interrupted, or a submit was refused.
      cancelAll(tasks);
    }
    return List.copyOf(tasks);
  }

  private boolean awaitDone(Task<?> task) throws InterruptedException {
    if (task.isDone() && !task.isCompletedExceptionally()) {
      return true; // Most have ended while the others were submitted.
    }
    try {
      task.get(leftNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      // The caller finds it in the future.
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Without a time limit. */
  <T> T any(Collection<? extends Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    try {
      return anyInTime(calls);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a wait of 146 years is over", e);
    }
  }

  <T> T anyInTime(Collection<? extends Callable<T>> calls)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Callable<T>> checked = checked(calls);
    if (checked.isEmpty()) {
      throw new IllegalArgumentException("tasks is empty; must have one or more");
    }
    List<Task<T>> tasks = new ArrayList<>(checked.size());
    BlockingQueue<Task<T>> done = new LinkedBlockingQueue<>();
    try {
      ExecutionException failure = null;
      for (int ended = 0; ended < checked.size(); ) {
        if (tasks.size() < checked.size()) {
          tasks.add(submit(checked.get(tasks.size()), done));
        }
        Task<T> next = done.poll();
        if (next == null && tasks.size() == checked.size()) {
          next = await(done);
        }
        if (next != null) {
          ended++;
          try {
            return next.get();
          } catch (ExecutionException e) {
            failure = e;
          } catch (CancellationException e) {
            failure = new ExecutionException(ReadableFailure.text(e), e);
          }
        }
      }
      throw Objects.requireNonNull(failure);
    } finally {
      cancelAll(tasks);
    }
  }

  /** The last first, so that no worker that becomes free begins another. */
  private static void cancelAll(List<? extends Task<?>> tasks) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      tasks.get(i).cancel(true);
    }
  }

  private <T> Task<T> submit(Callable<T> call, BlockingQueue<Task<T>> done)
      throws InterruptedException, TimeoutException {
    PoolTask<T> task = submit(call);
    if (task instanceof TimedTask<T> timed && timed.isLate()) {
      throw timeout();
    }
    return task.onDone(done::add);
  }

  private <T> PoolTask<T> submit(Callable<T> call) throws InterruptedException {
    Call<?, T> work = new HandWork.OfCallable<>(call);
    PoolTask<T> task =
        isTimed
            ? new TimedTask<>(pool, site, work, deadlineNanos)
            : new PoolTask<>(site, null, work); // Asks no clock.
    try {
      if (task instanceof TimedTask<T> timed) {
        timed.submit();
      } else {
        pool.submitTask(task);
      }
      return task;
    } catch (RejectedExecutionException e) {
      if (e.getCause() instanceof InterruptedException && Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  private static InterruptedException interrupted(RejectedExecutionException refused) {
    InterruptedException interrupt = new InterruptedException(refused.getMessage());
    interrupt.initCause(refused);
    return interrupt;
  }

  private <T> Task<T> await(BlockingQueue<Task<T>> done)
      throws InterruptedException, TimeoutException {
    try (Wait wait = new Wait(clock, pool, leftNanos(), pool.lendPlace())) {
      Task<T> next = wait.poll(done);
      if (next == null) {
        throw timeout();
      }
      return next;
    }
  }

  private TimeoutException timeout() {
    return new TimeoutException("no task of " + pool + " succeeded in time");
  }

  private long leftNanos() {
    return clock.left(deadlineNanos);
  }

  private static <T> List<Callable<T>> checked(Collection<? extends Callable<T>> calls) {
    List<Callable<T>> checked = new ArrayList<>(calls.size());
    for (Callable<T> call : calls) {
      checked.add(Objects.requireNonNull(call, "tasks has a null element"));
    }
    return checked;
  }
}

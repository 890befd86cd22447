package dev.poolwright.internal.task;

import dev.poolwright.Task;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code invokeAll} and {@code invokeAny}, as {@link java.util.concurrent.ExecutorService} has
 * them.
 */
final class Invocations {

  private Invocations() {}

  static <T> List<Future<T>> all(
      EnginePool pool, Collection<? extends Callable<T>> calls, long timeoutNanos)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<T>> checked = checked(calls);
    List<Task<T>> tasks = new ArrayList<>(checked.size());
    try {
      for (Callable<T> call : checked) {
        tasks.add(pool.submit(call));
      }
      for (Task<T> task : tasks) {
        long left = timeoutNanos - (System.nanoTime() - start);
        if (!awaitDone(task, left)) {
          break;
        }
      }
    } finally {
      // Those not done: the time is over, the wait was interrupted, or a submit was refused.
      cancelAll(tasks);
    }
    return List.copyOf(tasks);
  }

  private static boolean awaitDone(Task<?> task, long leftNanos) throws InterruptedException {
    try {
      task.get(leftNanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      // The caller finds it in the future.
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  static <T> T any(EnginePool pool, Collection<? extends Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    try {
      return any(pool, calls, Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a wait of 292 years is over", e);
    }
  }

  static <T> T any(EnginePool pool, Collection<? extends Callable<T>> calls, long timeoutNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
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
          tasks.add(submit(pool, checked.get(tasks.size()), done));
        }
        Task<T> next = done.poll();
        if (next == null && tasks.size() == checked.size()) {
          next = await(pool, done, timeoutNanos - (System.nanoTime() - start));
        }
        if (next != null) {
          ended++;
          try {
            return next.get();
          } catch (ExecutionException e) {
            failure = e;
          } catch (CancellationException e) {
            failure = new ExecutionException(e);
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

  private static <T> Task<T> submit(
      EnginePool pool, Callable<T> call, BlockingQueue<Task<T>> done) {
    Task<T> task = pool.submit(call);
    return task.onDone(done::add);
  }

  private static <T> Task<T> await(EnginePool pool, BlockingQueue<Task<T>> done, long leftNanos)
      throws InterruptedException, TimeoutException {
    Runnable giveBack = pool.lendPlace();
    try {
      @Nullable Task<T> next = done.poll(leftNanos, TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new TimeoutException("no task of pool \"" + pool.name() + "\" succeeded in time");
      }
      return next;
    } finally {
      if (giveBack != null) {
        giveBack.run();
      }
    }
  }

  private static <T> List<Callable<T>> checked(Collection<? extends Callable<T>> calls) {
    List<Callable<T>> checked = new ArrayList<>(calls.size());
    for (Callable<T> call : calls) {
      checked.add(Objects.requireNonNull(call, "tasks has a null element"));
    }
    return checked;
  }
}

package dev.poolwright.internal.pool;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Task;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Nanos;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose work submitted by hand has other options.
 *
 * @param pool does everything else
 * @param site what the submitted tasks have in common
 */
public record PoolView(EnginePool pool, TaskSite site) implements Pool {

  @Override
  public Pool with(CallOption... options) {
    return new PoolView(pool, site.with(options));
  }

  @Override
  public <T extends @Nullable Object> Task<T> submit(Callable<T> work) {
    return pool.submitByHand(site, new HandWork.OfCallable<>(Objects.requireNonNull(work, "work")));
  }

  @Override
  public <T extends @Nullable Object> Task<T> submit(Runnable work, T result) {
    return pool.submitByHand(
        site, new HandWork.OfRunnable<>(Objects.requireNonNull(work, "work"), result));
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(site, work);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      JobFunction<? super A, ? extends R> fn, Iterable<? extends A> inputs, MapOption... options) {
    return pool.map(site, fn, inputs, options);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return new Invocations(pool, site, Nanos.MOST).all(tasks);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return new Invocations(pool, site, Nanos.of(timeout, unit)).all(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return new Invocations(pool, site, Nanos.MOST).any(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return new Invocations(pool, site, Nanos.of(timeout, unit)).anyInTime(tasks);
  }

  @Override
  public String name() {
    return pool.name();
  }

  @Override
  public PoolKind kind() {
    return pool.kind();
  }

  @Override
  public PoolStats stats() {
    return pool.stats();
  }

  @Override
  public List<TaskView> tasks() {
    return pool.tasks();
  }

  @Override
  public List<WorkerView> workers() {
    return pool.workers();
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String toString() {
    return pool.toString();
  }
}

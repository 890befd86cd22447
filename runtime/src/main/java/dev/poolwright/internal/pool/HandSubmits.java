package dev.poolwright.internal.pool;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.JobFunction;
import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.Task;
import dev.poolwright.internal.batch.BatchInputs;
import dev.poolwright.internal.batch.PoolBatch;
import dev.poolwright.internal.task.HandWork;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.spi.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a pool does with work that is submitted by hand, that is without a call site. */
interface HandSubmits extends Pool {

  /** The pool that runs it. */
  EnginePool pool();

  /** What the submitted tasks have in common. */
  TaskSite site();

  @Override
  default Pool with(CallOption... options) {
    return new PoolView(pool(), site().with(options));
  }

  @Override
  default <T extends @Nullable Object> Task<T> submit(Callable<T> work) {
    return pool()
        .submitByHand(site(), new HandWork.OfCallable<>(Objects.requireNonNull(work, "work")));
  }

  @Override
  default <T extends @Nullable Object> Task<T> submit(Runnable work, T result) {
    return pool()
        .submitByHand(
            site(), new HandWork.OfRunnable<>(Objects.requireNonNull(work, "work"), result));
  }

  @Override
  default void execute(Runnable work) {
    pool().execute(site(), work);
  }

  @Override
  default <A extends @Nullable Object, R extends @Nullable Object> Batch<R> map(
      JobFunction<? super A, ? extends R> fn, Iterable<? extends A> inputs, MapOption... options) {
    Objects.requireNonNull(fn, "fn");
    String name = name() + ".map(" + HandWork.describe(fn.getClass()) + ")";
    BatchInputs<R> source =
        new BatchInputs<>(
            pool(),
            site().named(name).capturing(),
            null,
            Rows.of(inputs),
            row -> new HandWork.OfFunction<>(fn, row.next()));
    return PoolBatch.start(source, options);
  }

  @Override
  default <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return new Invocations(pool(), site(), Nanos.MOST).all(tasks);
  }

  @Override
  default <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return new Invocations(pool(), site(), Nanos.of(timeout, unit)).all(tasks);
  }

  @Override
  default <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return new Invocations(pool(), site(), Nanos.MOST).any(tasks);
  }

  @Override
  default <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return new Invocations(pool(), site(), Nanos.of(timeout, unit)).anyInTime(tasks);
  }
}

package dev.poolwright.internal.pool;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.internal.batch.BatchInputs;
import dev.poolwright.internal.batch.PoolBatch;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call site of a pool.
 *
 * @param pool runs the tasks
 * @param site what its tasks have in common
 * @param isStatic whether its calls have no target
 * @param <T> the class that has the method
 */
record PoolCallSite<T>(EnginePool pool, TaskSite site, boolean isStatic) implements CallSite<T> {

  @Override
  public <R extends @Nullable Object> Task<R> submit(@Nullable T target, Call<T, R> call) {
    PoolTask<R> task = new PoolTask<>(site.capturing(), checked(target), call);
    pool.submitTask(task);
    return task;
  }

  @Override
  public <R extends @Nullable Object> Batch<R> map(
      @Nullable T target, Rows rows, Rows.CallMaker<T, R> maker, MapOption... options) {
    return PoolBatch.start(
        new BatchInputs<>(pool, site.capturing(), checked(target), rows, maker), options);
  }

  private @Nullable Object checked(@Nullable T target) {
    return isStatic ? null : Objects.requireNonNull(target, "target");
  }

  @Override
  public CallSite<T> with(CallOption... options) {
    return new PoolCallSite<>(pool, site.with(options), isStatic);
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.Batch;
import dev.poolwright.CallOptions;
import dev.poolwright.MapOptions;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call site of a pool.
 *
 * @param <T> the class that has the method
 */
final class PoolCallSite<T> implements CallSite<T> {

  private final TaskSite site;
  private final TaskSite stageSite;

  PoolCallSite(TaskSite site) {
    this.site = site;
    this.stageSite = site.asStage();
  }

  @Override
  public <R extends @Nullable Object> Task<R> submit(T target, Call<T, R> call) {
    return submit(site, Objects.requireNonNull(target, "target"), call);
  }

  @Override
  public <R extends @Nullable Object> Task<R> submit(Call<T, R> call) {
    return submit(site, null, call);
  }

  @Override
  public <R extends @Nullable Object> Task<R> submitStage(
      T target, Call<T, ? extends @Nullable CompletionStage<? extends R>> call) {
    return submit(stageSite, Objects.requireNonNull(target, "target"), call);
  }

  @Override
  public <R extends @Nullable Object> Task<R> submitStage(
      Call<T, ? extends @Nullable CompletionStage<? extends R>> call) {
    return submit(stageSite, null, call);
  }

  private static <R extends @Nullable Object> Task<R> submit(
      TaskSite site, @Nullable Object target, Call<?, ?> call) {
    PoolTask<R> task = new PoolTask<>(site, target, call);
    SubmitSites.mark(task);
    site.pool().submitTask(task);
    return task;
  }

  @Override
  public <R extends @Nullable Object> Batch<R> map(
      @Nullable T target, Rows rows, Rows.CallMaker<T, R> maker, MapOptions... options) {
    return PoolBatch.start(new BatchInputs<>(site, target, rows, maker), options);
  }

  @Override
  public <R extends @Nullable Object> Batch<R> mapStage(
      @Nullable T target,
      Rows rows,
      Rows.CallMaker<T, ? extends @Nullable CompletionStage<? extends R>> maker,
      MapOptions... options) {
    return PoolBatch.start(new BatchInputs<>(stageSite, target, rows, maker), options);
  }

  @Override
  public CallSite<T> with(CallOptions options) {
    return options
        .timeout()
        .<CallSite<T>>map(limit -> new PoolCallSite<>(site.withLimit(limit, "CallOptions")))
        .orElse(this);
  }
}

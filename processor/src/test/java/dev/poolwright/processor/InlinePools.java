package dev.poolwright.processor;

import dev.poolwright.Batch;
import dev.poolwright.CallOptions;
import dev.poolwright.MapOptions;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskStatus;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.SiteCallback;
import dev.poolwright.spi.SiteCallback.OnDone;
import dev.poolwright.spi.SiteCallback.OnEither;
import dev.poolwright.spi.SiteCallback.OnFailure;
import dev.poolwright.spi.SiteCallback.OnSuccess;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Runs every call where it is submitted, and remembers the call sites: generated code alone. */
final class InlinePools {

  private final List<CallSiteSpec<?>> opened = new ArrayList<>();
  private final List<String> submitted = new ArrayList<>();

  Pools pools() {
    return (Pools)
        Proxy.newProxyInstance(
            InlinePools.class.getClassLoader(),
            new Class<?>[] {Pools.class, CallSite.Opener.class},
            (proxy, method, arguments) -> open((CallSiteSpec<?>) arguments[0]));
  }

  List<CallSiteSpec<?>> opened() {
    return opened;
  }

  /** The names of the tasks, in the order of their submission. */
  List<String> submitted() {
    return submitted;
  }

  private <T> CallSite<T> open(CallSiteSpec<T> spec) {
    opened.add(spec);
    return new Site<>(spec);
  }

  /** Runs calls. */
  private final class Site<T> implements CallSite<T> {
    private final CallSiteSpec<T> spec;

    Site(CallSiteSpec<T> spec) {
      this.spec = spec;
    }

    @Override
    public <R> Task<R> submit(T target, Call<T, R> call) {
      submitted.add(spec.taskName());
      Done<R> task = new Done<>(spec.taskName());
      try {
        task.complete(call.on(target));
        run(target, task, null);
      } catch (Throwable failure) {
        task.completeExceptionally(failure);
        run(target, task, failure);
      }
      return task;
    }

    @SuppressWarnings("unchecked")
    private <R> void run(T target, Task<R> task, Throwable failure) {
      R result = failure == null ? task.join() : null;
      for (SiteCallback<T> each : spec.callbacks()) {
        try {
          if (each.form() instanceof OnSuccess<?, ?> form && failure == null) {
            ((OnSuccess<T, R>) form).call(target, result);
          } else if (each.form() instanceof OnFailure<?> form && failure != null) {
            ((OnFailure<T>) form).call(target, failure);
          } else if (each.form() instanceof OnEither<?, ?> form) {
            ((OnEither<T, R>) form).call(target, result, failure);
          } else if (each.form() instanceof OnDone<?, ?> form) {
            ((OnDone<T, R>) form).call(target, task);
          }
        } catch (Throwable e) {
          throw new AssertionError(each.name(), e);
        }
      }
    }

    @Override
    public <R> Task<R> submit(Call<T, R> call) {
      return submit(null, call);
    }

    @Override
    public <R> Task<R> submitStage(T target, Call<T, ? extends CompletionStage<? extends R>> call) {
      return submit(target, each -> call.on(each).toCompletableFuture().join());
    }

    @Override
    public <R> Task<R> submitStage(Call<T, ? extends CompletionStage<? extends R>> call) {
      return submitStage(null, call);
    }

    @Override
    public <R> Batch<R> map(
        T target, Rows rows, Rows.CallMaker<T, R> maker, MapOptions... options) {
      while (rows.hasNextRow()) {
        map(target, maker.of(rows));
      }
      return null;
    }

    private <R> void map(T target, Call<T, R> call) {
      var unused = submit(target, call);
    }

    @Override
    public <R> Batch<R> mapStage(
        T target,
        Rows rows,
        Rows.CallMaker<T, ? extends CompletionStage<? extends R>> maker,
        MapOptions... options) {
      return null;
    }

    @Override
    public CallSite<T> with(CallOptions options) {
      submitted.add(spec.method() + " with " + options.timeout().orElseThrow());
      return this;
    }
  }

  /** A task that its maker ends. */
  private static final class Done<T> extends Task<T> {
    private final String name;

    Done(String name) {
      this.name = name;
    }

    @Override
    public TaskStatus status() {
      return isCompletedExceptionally() ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Task<T> onDone(Consumer<? super Task<T>> callback) {
      callback.accept(this);
      return this;
    }

    @Override
    public Task<T> onProgress(Consumer<? super TaskProgress> listener) {
      return this;
    }

    @Override
    public T resultNow() {
      return join();
    }

    @Override
    public Throwable exceptionNow() {
      return handle((result, failure) -> failure).join();
    }

    @Override
    protected Runnable lendPlace() {
      return null;
    }
  }
}

package demo.base;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Base}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncBase<T> {
  private final Base<T> base;
  private final CallSite<Base<T>> loadSite;
  private final CallSite<Base<T>> resetSite;
  private final CallSite<Base<T>> hiddenSite;

  @Inject
  public AsyncBase(Base<T> base, Pools pools) {
    this.base = base;
    this.loadSite =
        CallSite.<Base<T>>of(Base.class, "load(T)", "io")
            .needsModules()
            .open(pools);
    this.resetSite =
        CallSite.<Base<T>>of(Base.class, "reset()", "io")
            .needsModules()
            .open(pools);
    this.hiddenSite =
        CallSite.<Base<T>>of(Base.class, "hidden()", "io")
            .needsModules()
            .open(pools);
  }

  private AsyncBase(AsyncBase<T> other, CallOption[] options) {
    this.base = other.base;
    this.loadSite = other.loadSite.with(options);
    this.resetSite = other.resetSite.with(options);
    this.hiddenSite = other.hiddenSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncBase<T> with(CallOption... options) {
    return new AsyncBase<>(this, options);
  }

  /** Submits {@link Base#load(Object)} to pool {@code io}. */
  public Task<T> load(T key) {
    return loadSite.submit(base, new Load<T>(key));
  }

  /** Submits {@link Base#load(Object)} once for each element. */
  public Batch<T> loadAll(Iterable<? extends T> keys, MapOption... options) {
    return loadSite.map(base, Rows.of(keys), row -> new Load<T>(row.next()), options);
  }

  /** Submits {@link Base#reset()} to pool {@code io}. */
  public Task<Void> reset() {
    return resetSite.submit(base, new Reset<T>());
  }

  /** Submits {@link Base#hidden()} to pool {@code io}. */
  public Task<Void> hidden() {
    return hiddenSite.submit(base, new Hidden<T>());
  }

  /** A call of {@link Base#load(Object)}. */
  record Load<T>(T key) implements Call<Base<T>, T> {
    @Override
    public T on(Base<T> base) {
      return base.load(key);
    }
  }

  /** A call of {@link Base#reset()}. */
  record Reset<T>() implements Call<Base<T>, Void> {
    @Override
    public Void on(Base<T> base) {
      base.reset();
      return null;
    }
  }

  /** A call of {@link Base#hidden()}. */
  record Hidden<T>() implements Call<Base<T>, Void> {
    @Override
    public Void on(Base<T> base) {
      base.hidden();
      return null;
    }
  }
}

package demo;

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

/** Submits the {@code @Async} methods of {@link Maths}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncMaths {
  private final CallSite<Maths> rootSite;
  private final CallSite<Maths> warmSite;

  @Inject
  public AsyncMaths(Pools pools) {
    this.rootSite =
        CallSite.ofStatic(Maths.class, "root(double)", "cpu")
            .onSuccess("print(double)", (Maths target, Double root) -> Maths.print(root))
            .open(pools);
    this.warmSite = CallSite.ofStatic(Maths.class, "warm()", "cpu").open(pools);
  }

  private AsyncMaths(AsyncMaths other, CallOption[] options) {
    this.rootSite = other.rootSite.with(options);
    this.warmSite = other.warmSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncMaths with(CallOption... options) {
    return new AsyncMaths(this, options);
  }

  /** Submits {@link Maths#root(double)} to pool {@code cpu}. */
  public Task<Double> root(double number) {
    return rootSite.submit(null, new Root(number));
  }

  /** Submits {@link Maths#root(double)} once for each element. */
  public Batch<Double> rootAll(Iterable<Double> numbers, MapOption... options) {
    return rootSite.map(null, Rows.of(numbers), row -> new Root(row.next()), options);
  }

  /** Submits {@link Maths#warm()} to pool {@code cpu}. */
  public Task<Void> warm() {
    return warmSite.submit(null, new Warm());
  }

  /** A call of {@link Maths#root(double)}. */
  record Root(double number) implements Call<Maths, Double> {
    @Override
    public Double on(Maths maths) {
      return Maths.root(number);
    }
  }

  /** A call of {@link Maths#warm()}. */
  record Warm() implements Call<Maths, Void> {
    @Override
    public Void on(Maths maths) {
      Maths.warm();
      return null;
    }
  }
}

package demo;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Sums}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncSums {
  private final Sums sums;
  private final CallSite<Sums> addSite;

  @Inject
  public AsyncSums(Sums sums, Pools pools) {
    this.sums = sums;
    this.addSite =
        CallSite.of(Sums.class, "add(int, int)", "sums")
            .retries(1)
            .open(pools);
  }

  private AsyncSums(AsyncSums other, CallOption[] options) {
    this.sums = other.sums;
    this.addSite = other.addSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncSums with(CallOption... options) {
    return new AsyncSums(this, options);
  }

  /**
   * Submits {@link Sums#add(int, int)} to pool {@code sums}.
   *
   * <p>Adds.
   */
  public Task<Integer> add(int one, int other) {
    return addSite.submit(sums, new Add(one, other));
  }

  /** Submits {@link Sums#add(int, int)} once for each element. */
  public Batch<Integer> addAll(Iterable<Integer> ones, Iterable<Integer> others,
      MapOption... options) {
    return addSite.map(sums, Rows.of(ones, others), row -> new Add(row.next(), row.next()),
        options);
  }

  /** A call of {@link Sums#add(int, int)}. */
  record Add(int one, int other) implements Call<Sums, Integer> {
    @Override
    public Integer on(Sums sums) {
      return sums.add(one, other);
    }

    @Override
    public Sums target(Targets<Sums> targets) throws Exception {
      return targets.made(Sums::new);
    }
  }
}

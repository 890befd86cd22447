package demo;

import dev.poolwright.CallOption;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Source}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncSource {
  private final Source source;
  private final CallSite<Source> sizeSite;

  @Inject
  public AsyncSource(Source source, Pools pools) {
    this.source = source;
    this.sizeSite =
        CallSite.of(Source.class, "size()", "default")
            .needsModules()
            .open(pools);
  }

  private AsyncSource(AsyncSource other, CallOption[] options) {
    this.source = other.source;
    this.sizeSite = other.sizeSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncSource with(CallOption... options) {
    return new AsyncSource(this, options);
  }

  /** Submits {@link Source#size()} to pool {@code default}. */
  public Task<Integer> size() {
    return sizeSite.submit(source, new Size());
  }

  /** A call of {@link Source#size()}. */
  record Size() implements Call<Source, Integer> {
    @Override
    public Integer on(Source source) {
      return source.size();
    }
  }
}

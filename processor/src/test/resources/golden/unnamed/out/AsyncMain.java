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

/** Submits the {@code @Async} methods of {@link Main}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncMain {
  private final CallSite<Main> greetSite;

  @Inject
  public AsyncMain(Pools pools) {
    this.greetSite = CallSite.ofStatic(Main.class, "greet(String)", "io").open(pools);
  }

  private AsyncMain(AsyncMain other, CallOption[] options) {
    this.greetSite = other.greetSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncMain with(CallOption... options) {
    return new AsyncMain(this, options);
  }

  /** Submits {@link Main#greet(String)} to pool {@code io}. */
  public Task<String> greet(String name) {
    return greetSite.submit(null, new Greet(name));
  }

  /** Submits {@link Main#greet(String)} once for each element. */
  public Batch<String> greetAll(Iterable<String> names, MapOption... options) {
    return greetSite.map(null, Rows.of(names), row -> new Greet(row.next()), options);
  }

  /** A call of {@link Main#greet(String)}. */
  record Greet(String name) implements Call<Main, String> {
    @Override
    public String on(Main main) {
      return Main.greet(name);
    }
  }
}

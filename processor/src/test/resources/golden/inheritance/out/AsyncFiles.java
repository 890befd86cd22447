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

/** Submits the {@code @Async} methods of {@link Files}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncFiles {
  private final Files files;
  private final CallSite<Files> existsSite;
  private final CallSite<Files> resetSite;
  private final CallSite<Files> loadSite;
  private final CallSite<Files> sizeSite;

  @Inject
  public AsyncFiles(Files files, Pools pools) {
    this.files = files;
    this.existsSite =
        CallSite.of(Files.class, "exists(String)", "io")
            .timeout("2s")
            .open(pools);
    this.resetSite = CallSite.of(Files.class, "reset()", "io").open(pools);
    this.loadSite =
        CallSite.of(Files.class, "load(T)", "io")
            .onSuccess("loaded(String)", (Files target, String text) -> target.loaded(text))
            .open(pools);
    this.sizeSite = CallSite.of(Files.class, "size()", "default").open(pools);
  }

  private AsyncFiles(AsyncFiles other, CallOption[] options) {
    this.files = other.files;
    this.existsSite = other.existsSite.with(options);
    this.resetSite = other.resetSite.with(options);
    this.loadSite = other.loadSite.with(options);
    this.sizeSite = other.sizeSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncFiles with(CallOption... options) {
    return new AsyncFiles(this, options);
  }

  /** Submits {@link Files#exists(String)} to pool {@code io}. */
  public Task<Boolean> exists(String name) {
    return existsSite.submit(files, new Exists(name));
  }

  /** Submits {@link Files#exists(String)} once for each element. */
  public Batch<Boolean> existsAll(Iterable<String> names, MapOption... options) {
    return existsSite.map(files, Rows.of(names), row -> new Exists(row.next()), options);
  }

  /** Submits {@link Files#reset()} to pool {@code io}. */
  public Task<Void> reset() {
    return resetSite.submit(files, new Reset());
  }

  /** Submits {@link Files#load(Object)} to pool {@code io}. */
  public Task<String> load(String key) {
    return loadSite.submit(files, new Load(key));
  }

  /** Submits {@link Files#load(Object)} once for each element. */
  public Batch<String> loadAll(Iterable<String> keys, MapOption... options) {
    return loadSite.map(files, Rows.of(keys), row -> new Load(row.next()), options);
  }

  /** Submits {@link Files#size()} to pool {@code default}. */
  public Task<Integer> size() {
    return sizeSite.submit(files, new Size());
  }

  /** A call of {@link Files#exists(String)}. */
  record Exists(String name) implements Call<Files, Boolean> {
    @Override
    public Boolean on(Files files) {
      return files.exists(name);
    }

    @Override
    public Files target(Targets<Files> targets) throws Exception {
      return targets.made(Files::new);
    }
  }

  /** A call of {@link Files#reset()}. */
  record Reset() implements Call<Files, Void> {
    @Override
    public Void on(Files files) {
      files.reset();
      return null;
    }

    @Override
    public Files target(Targets<Files> targets) throws Exception {
      return targets.made(Files::new);
    }
  }

  /** A call of {@link Files#load(Object)}. */
  record Load(String key) implements Call<Files, String> {
    @Override
    public String on(Files files) {
      return files.load(key);
    }

    @Override
    public Files target(Targets<Files> targets) throws Exception {
      return targets.made(Files::new);
    }
  }

  /** A call of {@link Files#size()}. */
  record Size() implements Call<Files, Integer> {
    @Override
    public Integer on(Files files) {
      return files.size();
    }

    @Override
    public Files target(Targets<Files> targets) throws Exception {
      return targets.made(Files::new);
    }
  }
}

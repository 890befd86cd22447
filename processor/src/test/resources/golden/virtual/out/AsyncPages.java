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

/** Submits the {@code @Async} methods of {@link Pages}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncPages {
  private final CallSite<Pages> getSite;
  private final CallSite<Pages> putSite;
  private final CallSite<Pages> sendSite;

  @Inject
  public AsyncPages(Pools pools) {
    this.getSite = CallSite.ofStatic(Pages.class, "get(String)", "web").open(pools);
    this.putSite = CallSite.ofStatic(Pages.class, "put(String)", "db").open(pools);
    this.sendSite = CallSite.ofStatic(Pages.class, "send(String)", "mail").open(pools);
  }

  private AsyncPages(AsyncPages other, CallOption[] options) {
    this.getSite = other.getSite.with(options);
    this.putSite = other.putSite.with(options);
    this.sendSite = other.sendSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncPages with(CallOption... options) {
    return new AsyncPages(this, options);
  }

  /** Submits {@link Pages#get(String)} to pool {@code web}. */
  public Task<String> get(String url) {
    return getSite.submit(null, new Get(url));
  }

  /** Submits {@link Pages#get(String)} once for each element. */
  public Batch<String> getAll(Iterable<String> urls, MapOption... options) {
    return getSite.map(null, Rows.of(urls), row -> new Get(row.next()), options);
  }

  /** Submits {@link Pages#put(String)} to pool {@code db}. */
  public Task<Void> put(String page) {
    return putSite.submit(null, new Put(page));
  }

  /** Submits {@link Pages#put(String)} once for each element. */
  public Batch<Void> putAll(Iterable<String> pages, MapOption... options) {
    return putSite.map(null, Rows.of(pages), row -> new Put(row.next()), options);
  }

  /** Submits {@link Pages#send(String)} to pool {@code mail}. */
  public Task<Void> send(String text) {
    return sendSite.submit(null, new Send(text));
  }

  /** Submits {@link Pages#send(String)} once for each element. */
  public Batch<Void> sendAll(Iterable<String> texts, MapOption... options) {
    return sendSite.map(null, Rows.of(texts), row -> new Send(row.next()), options);
  }

  /** A call of {@link Pages#get(String)}. */
  record Get(String url) implements Call<Pages, String> {
    @Override
    public String on(Pages pages) {
      return Pages.get(url);
    }
  }

  /** A call of {@link Pages#put(String)}. */
  record Put(String page) implements Call<Pages, Void> {
    @Override
    public Void on(Pages pages) {
      Pages.put(page);
      return null;
    }
  }

  /** A call of {@link Pages#send(String)}. */
  record Send(String text) implements Call<Pages, Void> {
    @Override
    public Void on(Pages pages) {
      Pages.send(text);
      return null;
    }
  }
}

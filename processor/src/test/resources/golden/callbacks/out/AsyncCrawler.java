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
import java.util.List;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Crawler}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncCrawler {
  private final Crawler crawler;
  private final CallSite<Crawler> getSite;
  private final CallSite<Crawler> parseSite;
  private final CallSite<Crawler> saveSite;

  @Inject
  public AsyncCrawler(Crawler crawler, Pools pools) {
    this.crawler = crawler;
    this.getSite =
        CallSite.of(Crawler.class, "get(String)", "io")
            .onSuccess("parse(String)", (Crawler target, String page) -> parse(page))
            .onEither("either(String, Throwable)",
                (Crawler target, String page, Throwable failure) -> target.either(page, failure))
            .onDone("done(Task)", (Crawler target, Task<String> task) -> target.done(task))
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> target.failed(failure))
            .open(pools);
    this.parseSite =
        CallSite.of(Crawler.class, "parse(String)", "cpu")
            .onSuccess("save(List)", (Crawler target, List<String> words) -> save(words))
            .onSuccess("count(List)", (Crawler target, List<String> words) -> Crawler.count(words))
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> target.failed(failure))
            .open(pools);
    this.saveSite =
        CallSite.of(Crawler.class, "save(List)", "db")
            .onSuccess("saved()", (Crawler target, Void none) -> target.saved())
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> target.failed(failure))
            .open(pools);
  }

  private AsyncCrawler(AsyncCrawler other, CallOption[] options) {
    this.crawler = other.crawler;
    this.getSite = other.getSite.with(options);
    this.parseSite = other.parseSite.with(options);
    this.saveSite = other.saveSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncCrawler with(CallOption... options) {
    return new AsyncCrawler(this, options);
  }

  /** Submits {@link Crawler#get(String)} to pool {@code io}. */
  public Task<String> get(String url) {
    return getSite.submit(crawler, new Get(url));
  }

  /** Submits {@link Crawler#get(String)} once for each element. */
  public Batch<String> getAll(Iterable<String> urls, MapOption... options) {
    return getSite.map(crawler, Rows.of(urls), row -> new Get(row.next()), options);
  }

  /** Submits {@link Crawler#parse(String)} to pool {@code cpu}. */
  public Task<List<String>> parse(String page) {
    return parseSite.submit(crawler, new Parse(page));
  }

  /** Submits {@link Crawler#parse(String)} once for each element. */
  public Batch<List<String>> parseAll(Iterable<String> pages, MapOption... options) {
    return parseSite.map(crawler, Rows.of(pages), row -> new Parse(row.next()), options);
  }

  /** Submits {@link Crawler#save(List)} to pool {@code db}. */
  public Task<Void> save(List<String> words) {
    return saveSite.submit(crawler, new Save(words));
  }

  /** Submits {@link Crawler#save(List)} once for each element. */
  public Batch<Void> saveAll(Iterable<? extends List<String>> words, MapOption... options) {
    return saveSite.map(crawler, Rows.of(words), row -> new Save(row.next()), options);
  }

  /** A call of {@link Crawler#get(String)}. */
  record Get(String url) implements Call<Crawler, String> {
    @Override
    public String on(Crawler crawler) {
      return crawler.get(url);
    }

    @Override
    public Crawler target(Targets<Crawler> targets) throws Exception {
      return targets.made(Crawler::new);
    }
  }

  /** A call of {@link Crawler#parse(String)}. */
  record Parse(String page) implements Call<Crawler, List<String>> {
    @Override
    public List<String> on(Crawler crawler) {
      return crawler.parse(page);
    }

    @Override
    public Crawler target(Targets<Crawler> targets) throws Exception {
      return targets.made(Crawler::new);
    }
  }

  /** A call of {@link Crawler#save(List)}. */
  record Save(List<String> words) implements Call<Crawler, Void> {
    @Override
    public Void on(Crawler crawler) {
      crawler.save(words);
      return null;
    }

    @Override
    public Crawler target(Targets<Crawler> targets) throws Exception {
      return targets.made(Crawler::new);
    }
  }
}

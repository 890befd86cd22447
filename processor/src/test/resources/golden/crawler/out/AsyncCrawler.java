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
import java.io.IOException;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Crawler}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncCrawler {
  private final Crawler crawler;
  private final CallSite<Crawler> getSite;
  private final CallSite<Crawler> summariseSite;
  private final CallSite<Crawler> countSite;

  @Inject
  public AsyncCrawler(Crawler crawler, Pools pools) {
    this.crawler = crawler;
    this.getSite =
        CallSite.of(Crawler.class, "get(String)", "io")
            .timeout("10s")
            .onSuccess("save(Page)", (Crawler target, Page page) -> target.save(page))
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> target.failed(failure))
            .open(pools);
    this.summariseSite =
        CallSite.ofStatic(Crawler.class, "summarise(Page)", "cpu")
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> crawler.failed(failure))
            .open(pools);
    this.countSite =
        CallSite.of(Crawler.class, "count(Summary, long)", "default")
            .onFailure("failed(Throwable)",
                (Crawler target, Throwable failure) -> target.failed(failure))
            .open(pools);
  }

  private AsyncCrawler(AsyncCrawler other, CallOption[] options) {
    this.crawler = other.crawler;
    this.getSite = other.getSite.with(options);
    this.summariseSite = other.summariseSite.with(options);
    this.countSite = other.countSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncCrawler with(CallOption... options) {
    return new AsyncCrawler(this, options);
  }

  /**
   * Submits {@link Crawler#get(String)} to pool {@code io}.
   *
   * <p>Fetches a page, as {@code summarise(Page)} likes it.
   *
   * @param url where it is,
   *     absolute
   * @return a task: the page
   */
  public Task<Page> get(String url) {
    return getSite.submit(crawler, new Get(url));
  }

  /** Submits {@link Crawler#get(String)} once for each element. */
  public Batch<Page> getAll(Iterable<String> urls, MapOption... options) {
    return getSite.map(crawler, Rows.of(urls), row -> new Get(row.next()), options);
  }

  /** Submits {@link Crawler#summarise(Page)} to pool {@code cpu}. */
  public Task<Summary> summarise(Page page) {
    return summariseSite.submit(null, new Summarise(page));
  }

  /** Submits {@link Crawler#summarise(Page)} once for each element. */
  public Batch<Summary> summariseAll(Iterable<Page> pages, MapOption... options) {
    return summariseSite.map(null, Rows.of(pages), row -> new Summarise(row.next()), options);
  }

  /** Submits {@link Crawler#count(Summary, long)} to pool {@code default}. */
  @Deprecated
  public Task<Integer> count(Summary summary, long limit) {
    return countSite.submit(crawler, new Count(summary, limit));
  }

  /** Submits {@link Crawler#count(Summary, long)} once for each element. */
  @Deprecated
  public Batch<Integer> countAll(Iterable<Summary> summaries, Iterable<Long> limits,
      MapOption... options) {
    return countSite.map(crawler, Rows.of(summaries, limits),
        row -> new Count(row.next(), row.next()), options);
  }

  /** A call of {@link Crawler#get(String)}. */
  record Get(String url) implements Call<Crawler, Page> {
    @Override
    public Page on(Crawler crawler) throws IOException {
      return crawler.get(url);
    }

    @Override
    public Crawler target(Targets<Crawler> targets) throws Exception {
      return targets.made(Crawler::new);
    }
  }

  /** A call of {@link Crawler#summarise(Page)}. */
  record Summarise(Page page) implements Call<Crawler, Summary> {
    @Override
    public Summary on(Crawler crawler) {
      return Crawler.summarise(page);
    }
  }

  /** A call of {@link Crawler#count(Summary, long)}. */
  @Deprecated
  record Count(Summary summary, long limit) implements Call<Crawler, Integer> {
    @Override
    public Integer on(Crawler crawler) {
      return crawler.count(summary, limit);
    }

    @Override
    public Crawler target(Targets<Crawler> targets) throws Exception {
      return targets.made(Crawler::new);
    }
  }
}

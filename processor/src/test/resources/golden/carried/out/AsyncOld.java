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
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Submits the {@code @Async} methods of {@link Old}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
@Deprecated(since = "2")
@SuppressWarnings({"rawtypes", "removal"})
public final class AsyncOld {
  private final Old old;
  private final CallSite<Old> findSite;
  private final CallSite<Old> allSite;
  private final CallSite<Old> rawSite;

  @Inject
  public AsyncOld(Old old, Pools pools) {
    this.old = old;
    this.findSite = CallSite.of(Old.class, "find(String)", "default").open(pools);
    this.allSite = CallSite.of(Old.class, "all(Map, String[])", "default").open(pools);
    this.rawSite = CallSite.of(Old.class, "raw(List)", "default").open(pools);
  }

  private AsyncOld(AsyncOld other, CallOption[] options) {
    this.old = other.old;
    this.findSite = other.findSite.with(options);
    this.allSite = other.allSite.with(options);
    this.rawSite = other.rawSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncOld with(CallOption... options) {
    return new AsyncOld(this, options);
  }

  /**
   * Submits {@link Old#find(String)} to pool {@code default}.
   *
   * <p>Finds the book of a title, at most {@code MOST} of them; see the entry or
   * itself.
   *
   * <p>Slow:
   *
   * <ul>
   *   <li>always
   * </ul>
   *
   * @param title may be null, and is
   *     not changed
   * @return a task: the text, or null
   */
  public Task<@Nullable String> find(@Nullable String title) {
    return findSite.submit(old, new Find(title));
  }

  /** Submits {@link Old#find(String)} once for each element. */
  public Batch<@Nullable String> findAll(Iterable<@Nullable String> titles, MapOption... options) {
    return findSite.map(old, Rows.of(titles), row -> new Find(row.next()), options);
  }

  /**
   * Submits {@link Old#all(Map, String[])} to pool {@code default}.
   *
   * @deprecated use {@code find(String)}
   */
  @Deprecated(since = "2", forRemoval = true)
  public Task<List<@Nullable String>> all(Map<String, @Nullable Integer> titles,
      String @Nullable [] more) {
    return allSite.submit(old, new All(titles, more));
  }

  /** Submits {@link Old#all(Map, String[])} once for each element. */
  @Deprecated(since = "2", forRemoval = true)
  public Batch<List<@Nullable String>> allAll(
      Iterable<? extends Map<String, @Nullable Integer>> titles,
      Iterable<String @Nullable []> mores, MapOption... options) {
    return allSite.map(old, Rows.of(titles, mores), row -> new All(row.next(), row.next()),
        options);
  }

  /** Submits {@link Old#raw(List)} to pool {@code default}. */
  public Task<Integer> raw(List list) {
    return rawSite.submit(old, new Raw(list));
  }

  /** Submits {@link Old#raw(List)} once for each element. */
  public Batch<Integer> rawAll(Iterable<? extends List> lists, MapOption... options) {
    return rawSite.map(old, Rows.of(lists), row -> new Raw(row.next()), options);
  }

  /** A call of {@link Old#find(String)}. */
  record Find(@Nullable String title) implements Call<Old, @Nullable String> {
    @Override
    public @Nullable String on(Old old) {
      return old.find(title);
    }

    @Override
    public Old target(Targets<Old> targets) throws Exception {
      return targets.made(Old::new);
    }
  }

  /** A call of {@link Old#all(Map, String[])}. */
  @Deprecated(since = "2", forRemoval = true)
  record All(Map<String, @Nullable Integer> titles,
      String @Nullable [] more) implements Call<Old, List<@Nullable String>> {
    @Override
    public List<@Nullable String> on(Old old) {
      return old.all(titles, more);
    }

    @Override
    public Old target(Targets<Old> targets) throws Exception {
      return targets.made(Old::new);
    }
  }

  /** A call of {@link Old#raw(List)}. */
  record Raw(List list) implements Call<Old, Integer> {
    @Override
    public Integer on(Old old) {
      return old.raw(list);
    }

    @Override
    public Old target(Targets<Old> targets) throws Exception {
      return targets.made(Old::new);
    }
  }
}

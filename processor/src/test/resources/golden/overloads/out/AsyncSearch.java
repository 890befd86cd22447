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
import java.net.URI;
import java.util.List;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Search}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncSearch {
  private final Search search;
  private final CallSite<Search> findSite;
  private final CallSite<Search> findIntSite;
  private final CallSite<Search> findUriSite;
  private final CallSite<Search> findStringsSite;
  private final CallSite<Search> countSite;
  private final CallSite<Search> boxSite;

  @Inject
  public AsyncSearch(Search search, Pools pools) {
    this.search = search;
    this.findSite = CallSite.of(Search.class, "find(String)", "default").open(pools);
    this.findIntSite = CallSite.of(Search.class, "find(int)", "default").open(pools);
    this.findUriSite = CallSite.of(Search.class, "find(URI)", "default").open(pools);
    this.findStringsSite = CallSite.of(Search.class, "find(String[])", "default").open(pools);
    this.countSite = CallSite.of(Search.class, "count(char, int[][])", "default").open(pools);
    this.boxSite = CallSite.of(Search.class, "box(boolean)", "default").open(pools);
  }

  private AsyncSearch(AsyncSearch other, CallOption[] options) {
    this.search = other.search;
    this.findSite = other.findSite.with(options);
    this.findIntSite = other.findIntSite.with(options);
    this.findUriSite = other.findUriSite.with(options);
    this.findStringsSite = other.findStringsSite.with(options);
    this.countSite = other.countSite.with(options);
    this.boxSite = other.boxSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncSearch with(CallOption... options) {
    return new AsyncSearch(this, options);
  }

  /** Submits {@link Search#find(String)} to pool {@code default}. */
  public Task<List<String>> find(String word) {
    return findSite.submit(search, new Find(word));
  }

  /** Submits {@link Search#find(String)} once for each element. */
  public Batch<List<String>> findAll(Iterable<String> words, MapOption... options) {
    return findSite.map(search, Rows.of(words), row -> new Find(row.next()), options);
  }

  /** Submits {@link Search#find(int)} to pool {@code default}. */
  public Task<List<String>> find(int number) {
    return findIntSite.submit(search, new FindInt(number));
  }

  /** Submits {@link Search#find(int)} once for each element. */
  public Batch<List<String>> findByNumber(Iterable<Integer> numbers, MapOption... options) {
    return findIntSite.map(search, Rows.of(numbers), row -> new FindInt(row.next()), options);
  }

  /** Submits {@link Search#find(URI)} to pool {@code default}. */
  public Task<List<String>> find(URI uri) {
    return findUriSite.submit(search, new FindUri(uri));
  }

  /** Submits {@link Search#find(String[])} to pool {@code default}. */
  public Task<List<String>> find(String... words) {
    return findStringsSite.submit(search, new FindStrings(words));
  }

  /** Submits {@link Search#find(String[])} once for each element. */
  public Batch<List<String>> findEach(Iterable<String[]> words, MapOption... options) {
    return findStringsSite.map(search, Rows.of(words), row -> new FindStrings(row.next()), options);
  }

  /** Submits {@link Search#count(char, int[][])} to pool {@code default}. */
  public Task<Long> count(char first, int[]... rows) {
    return countSite.submit(search, new Count(first, rows));
  }

  /** Submits {@link Search#count(char, int[][])} once for each element. */
  public Batch<Long> countAll(Iterable<Character> firsts, Iterable<int[][]> rows,
      MapOption... options) {
    return countSite.map(search, Rows.of(firsts, rows), row -> new Count(row.next(), row.next()),
        options);
  }

  /** Submits {@link Search#box(boolean)} to pool {@code default}. */
  public Task<byte[]> box(boolean full) {
    return boxSite.submit(search, new Box(full));
  }

  /** Submits {@link Search#box(boolean)} once for each element. */
  public Batch<byte[]> boxAll(Iterable<Boolean> fulls, MapOption... options) {
    return boxSite.map(search, Rows.of(fulls), row -> new Box(row.next()), options);
  }

  /** A call of {@link Search#find(String)}. */
  record Find(String word) implements Call<Search, List<String>> {
    @Override
    public List<String> on(Search search) {
      return search.find(word);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }

  /** A call of {@link Search#find(int)}. */
  record FindInt(int number) implements Call<Search, List<String>> {
    @Override
    public List<String> on(Search search) {
      return search.find(number);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }

  /** A call of {@link Search#find(URI)}. */
  record FindUri(URI uri) implements Call<Search, List<String>> {
    @Override
    public List<String> on(Search search) {
      return search.find(uri);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }

  /** A call of {@link Search#find(String[])}. */
  record FindStrings(String[] words) implements Call<Search, List<String>> {
    @Override
    public List<String> on(Search search) {
      return search.find(words);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }

  /** A call of {@link Search#count(char, int[][])}. */
  record Count(char first, int[][] rows) implements Call<Search, Long> {
    @Override
    public Long on(Search search) {
      return search.count(first, rows);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }

  /** A call of {@link Search#box(boolean)}. */
  record Box(boolean full) implements Call<Search, byte[]> {
    @Override
    public byte[] on(Search search) {
      return search.box(full);
    }

    @Override
    public Search target(Targets<Search> targets) throws Exception {
      return targets.made(Search::new);
    }
  }
}

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
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Cache}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
public final class AsyncCache<K extends Comparable<? super K>, V> {
  private final Cache<K, V> cache;
  private final CallSite<Cache<K, V>> putSite;
  private final CallSite<Cache<K, V>> allSite;
  private final CallSite<Cache<K, V>> maxSite;
  private final CallSite<Cache<K, V>> eachSite;

  @Inject
  public AsyncCache(Cache<K, V> cache, Pools pools) {
    this.cache = cache;
    this.putSite =
        CallSite.<Cache<K, V>>of(Cache.class, "put(K, V)", "default")
            .onSuccess("kept(V)", (Cache<K, V> target, V value) -> target.kept(value))
            .open(pools);
    this.allSite =
        CallSite.<Cache<K, V>>of(Cache.class, "all(Collection, Set)", "default").open(pools);
    this.maxSite = CallSite.<Cache<K, V>>of(Cache.class, "max(List)", "default").open(pools);
    this.eachSite =
        CallSite.<Cache<K, V>>ofStatic(Cache.class, "each(K[], Class)", "default").open(pools);
  }

  private AsyncCache(AsyncCache<K, V> other, CallOption[] options) {
    this.cache = other.cache;
    this.putSite = other.putSite.with(options);
    this.allSite = other.allSite.with(options);
    this.maxSite = other.maxSite.with(options);
    this.eachSite = other.eachSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncCache<K, V> with(CallOption... options) {
    return new AsyncCache<>(this, options);
  }

  /** Submits {@link Cache#put(Comparable, Object)} to pool {@code default}. */
  public Task<V> put(K key, V value) {
    return putSite.submit(cache, new Put<K, V>(key, value));
  }

  /** Submits {@link Cache#put(Comparable, Object)} once for each element. */
  public Batch<V> putAll(Iterable<? extends K> keys, Iterable<? extends V> values,
      MapOption... options) {
    return putSite.map(cache, Rows.of(keys, values), row -> new Put<K, V>(row.next(), row.next()),
        options);
  }

  /** Submits {@link Cache#all(Collection, Set)} to pool {@code default}. */
  public Task<Map<K, ? extends List<V>>> all(Collection<? extends K> keys, Set<?> more) {
    return allSite.submit(cache, new All<K, V>(keys, more));
  }

  /** Submits {@link Cache#all(Collection, Set)} once for each element. */
  public Batch<Map<K, ? extends List<V>>> allAll(Iterable<? extends Collection<? extends K>> keys,
      Iterable<? extends Set<?>> mores, MapOption... options) {
    return allSite.map(cache, Rows.of(keys, mores), row -> new All<K, V>(row.next(), row.next()),
        options);
  }

  /** Submits {@link Cache#max(List)} to pool {@code default}. */
  public <T extends Comparable<T> & Serializable> Task<T> max(List<? super T> values) {
    return maxSite.submit(cache, new Max<K, V, T>(values));
  }

  /** Submits {@link Cache#max(List)} once for each element. */
  public <T extends Comparable<T> & Serializable> Batch<T> maxAll(
      Iterable<? extends List<? super T>> values, MapOption... options) {
    return maxSite.map(cache, Rows.of(values), row -> new Max<K, V, T>(row.next()), options);
  }

  /**
   * Submits {@link Cache#each(Object[], Class)} to pool {@code default}.
   *
   * <p>Hides a type parameter of the class.
   */
  public <K_, X extends Exception> Task<List<K_>> each(K_[] keys, Class<X> failure) {
    return eachSite.submit(null, new Each<K, V, K_, X>(keys, failure));
  }

  /** Submits {@link Cache#each(Object[], Class)} once for each element. */
  public <K_, X extends Exception> Batch<List<K_>> eachAll(Iterable<K_[]> keys,
      Iterable<? extends Class<X>> failures, MapOption... options) {
    return eachSite.map(null, Rows.of(keys, failures),
        row -> new Each<K, V, K_, X>(row.next(), row.next()), options);
  }

  /** A call of {@link Cache#put(Comparable, Object)}. */
  record Put<K extends Comparable<? super K>, V>(K key, V value) implements Call<Cache<K, V>, V> {
    @Override
    public V on(Cache<K, V> cache) {
      return cache.put(key, value);
    }

    @Override
    public Cache<K, V> target(Targets<Cache<K, V>> targets) throws Exception {
      return targets.made(Cache::new);
    }
  }

  /** A call of {@link Cache#all(Collection, Set)}. */
  record All<K extends Comparable<? super K>, V>(Collection<? extends K> keys,
      Set<?> more) implements Call<Cache<K, V>, Map<K, ? extends List<V>>> {
    @Override
    public Map<K, ? extends List<V>> on(Cache<K, V> cache) {
      return cache.all(keys, more);
    }

    @Override
    public Cache<K, V> target(Targets<Cache<K, V>> targets) throws Exception {
      return targets.made(Cache::new);
    }
  }

  /** A call of {@link Cache#max(List)}. */
  record Max<K extends Comparable<? super K>, V, T extends Comparable<T> & Serializable>(
      List<? super T> values) implements Call<Cache<K, V>, T> {
    @Override
    public T on(Cache<K, V> cache) {
      return cache.<T>max(values);
    }

    @Override
    public Cache<K, V> target(Targets<Cache<K, V>> targets) throws Exception {
      return targets.made(Cache::new);
    }
  }

  /** A call of {@link Cache#each(Object[], Class)}. */
  record Each<K extends Comparable<? super K>, V, K_, X extends Exception>(K_[] keys,
      Class<X> failure) implements Call<Cache<K, V>, List<K_>> {
    @Override
    public List<K_> on(Cache<K, V> cache) throws IOException, X {
      return Cache.<K_, X>each(keys, failure);
    }
  }
}

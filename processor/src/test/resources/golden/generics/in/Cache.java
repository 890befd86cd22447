package demo;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.Callback;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

public class Cache<K extends Comparable<? super K>, V> {

  @Async
  public V put(K key, V value) {
    return value;
  }

  @Async
  public Map<K, ? extends List<V>> all(Collection<? extends K> keys, Set<?> more) {
    return Map.of();
  }

  @Async
  public <T extends Comparable<T> & java.io.Serializable> T max(List<? super T> values) {
    return null;
  }

  /** Hides a type parameter of the class. */
  @Async
  public static <K, X extends Exception> List<K> each(K[] keys, Class<X> failure)
      throws IOException, X {
    return List.of(keys);
  }

  @Callback("put")
  public void kept(V value) {}
}

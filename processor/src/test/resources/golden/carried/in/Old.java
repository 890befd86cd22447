package demo;

import dev.poolwright.annotation.Async;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads books. */
@Deprecated(since = "2")
public class Old {
  static final int MOST = 10;

  /**
   * Finds the book of a title, at most {@value #MOST} of them; see {@link Map.Entry the entry} or
   * {@linkplain #find(String) itself}.
   *
   * <p>Slow:
   *
   * <ul>
   *   <li>always
   * </ul>
   *
   * @param title may be null, and is
   *     not changed
   * @return the text, or null
   * @throws IllegalStateException when it is late
   * @see List
   * @since 1
   */
  @Async
  public @Nullable String find(@Nullable String title) {
    return title;
  }

  /**
   * {@inheritDoc}
   *
   * @deprecated use {@link #find(String)}
   */
  @Async
  @Deprecated(since = "2", forRemoval = true)
  public List<@Nullable String> all(Map<String, @Nullable Integer> titles, String @Nullable [] more) {
    return List.of();
  }

  @Async
  @SuppressWarnings("rawtypes")
  public int raw(List list) {
    return 0;
  }
}

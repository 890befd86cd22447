package dev.poolwright.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a batch, one column for each parameter, read row by row up to the end of the
 * shortest column. A generated batch method looks like this:
 *
 * <pre>{@code
 * return countSite.map(search, Rows.of(words, texts), row -> new Count(row.next(), row.next()),
 *     options);
 * }</pre>
 *
 * <p><b>Shape:</b> the values of a row are read in the order of the columns, each once.
 *
 * <p><b>Threads:</b> confined to one thread at a time.
 */
public final class Rows {

  private final List<Iterator<?>> columns;
  private final OptionalLong size;
  private int column;

  private Rows(List<Iterator<?>> columns, OptionalLong size) {
    this.columns = columns;
    this.size = size;
  }

  /**
   * Creates rows of columns. If every column is a collection, their elements are copied here, so
   * that the collections may change afterwards.
   *
   * @param columns one column for each parameter
   * @return rows, positioned at the first one
   */
  public static Rows of(Iterable<?>... columns) {
    boolean areCollections = Arrays.stream(columns).allMatch(Collection.class::isInstance);
    return areCollections ? ofCollections(columns) : ofIterables(columns);
  }

  private static Rows ofIterables(Iterable<?>... columns) {
    List<Iterator<?>> iterators =
        Arrays.<Iterable<?>>stream(columns).<Iterator<?>>map(Iterable::iterator).toList();
    return new Rows(iterators, OptionalLong.empty());
  }

  private static Rows ofCollections(Iterable<?>... columns) {
    List<Iterator<?>> iterators = new ArrayList<>(columns.length);
    long least = columns.length == 0 ? 0 : Long.MAX_VALUE;
    for (Iterable<?> column : columns) {
      @Nullable Object[] taken = ((Collection<?>) column).toArray();
      least = Math.min(least, taken.length);
      iterators.add(Arrays.asList(taken).iterator());
    }
    return new Rows(iterators, OptionalLong.of(least));
  }

  /**
   * The number of rows, known if every column is a collection.
   *
   * @return the number; empty if some column is not a collection
   */
  public OptionalLong size() {
    return size;
  }

  /**
   * Whether there is another row. May read inputs, and so throw their exceptions.
   *
   * @return false if some column has ended
   */
  public boolean hasNextRow() {
    for (Iterator<?> each : columns) {
      if (!each.hasNext()) {
        return false;
      }
    }
    column = 0;
    return true;
  }

  /**
   * The next value of the row.
   *
   * @param <V> the type of its column
   * @return the value
   */
  // The generated code asks for the types of its own columns, in order.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <V extends @Nullable Object> V next() {
    return (V) columns.get(column++).next();
  }

  /**
   * Makes calls from rows.
   *
   * @param <T> the class that has the method
   * @param <R> what the method returns
   */
  @FunctionalInterface
  public interface CallMaker<T, R extends @Nullable Object> {
    /**
     * Makes the call of one row.
     *
     * @param row the rows, positioned at the one to read
     * @return the call
     */
    Call<T, ? extends R> of(Rows row);
  }
}

package dev.poolwright;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that can be sent to a worker JVM, for {@link Pool#map Pool.map}.
 *
 * @param <A> the input
 * @param <R> the result
 */
@FunctionalInterface
public interface JobFunction<A extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  /**
   * Maps one input.
   *
   * @param input one of the inputs
   * @return the result for this input
   * @throws Exception if the function fails; only the task of this element fails with it
   */
  R apply(A input) throws Exception;
}

package dev.poolwright;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that can travel to a worker JVM, for {@link Pool#map Pool.map}.
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
   * @param input an element of the inputs
   * @return its result
   * @throws Exception fails the task of this element alone
   */
  R apply(A input) throws Exception;
}

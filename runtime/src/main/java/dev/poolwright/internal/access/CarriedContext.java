package dev.poolwright.internal.access;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context that was captured when a task was submitted. */
public interface CarriedContext {

  /**
   * Runs code once on the calling thread, which has the context meanwhile.
   *
   * @param code may throw, and what it throws is thrown
   * @param <T> its result
   * @return the result
   */
  <T extends @Nullable Object> T within(Supplier<T> code);

  /**
   * The same for code without a result.
   *
   * @param code may throw, and what it throws is thrown
   */
  default void run(Runnable code) {
    Object unused =
        this.<@Nullable Object>within(
            () -> {
              code.run();
              return null;
            });
  }
}

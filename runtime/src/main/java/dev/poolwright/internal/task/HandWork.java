package dev.poolwright.internal.task;

import dev.poolwright.JobFunction;
import dev.poolwright.spi.Call;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work that was submitted by hand, as a call without a target. It travels where the work itself
 * does.
 *
 * @param <R> the result
 */
public sealed interface HandWork<R extends @Nullable Object> extends Call<Object, R> {

  /** What the user passed. */
  Object work();

  /** A {@code Callable}. */
  @SuppressWarnings("serial") // Serializable where the work is; said when it is not.
  record OfCallable<R extends @Nullable Object>(Callable<R> work) implements HandWork<R> {
    @Override
    public R on(@Nullable Object none) throws Exception {
      return work.call();
    }
  }

  /** A {@code Runnable} and the result it stands for. */
  @SuppressWarnings("serial") // Serializable where the work is; said when it is not.
  record OfRunnable<R extends @Nullable Object>(Runnable work, R result) implements HandWork<R> {
    @Override
    public R on(@Nullable Object none) {
      work.run();
      return result;
    }
  }

  /** A function and one of the inputs that it is mapped over. */
  @SuppressWarnings("serial") // Serializable where the input is; said when it is not.
  record OfFunction<A extends @Nullable Object, R extends @Nullable Object>(
      JobFunction<? super A, ? extends R> work, A input) implements HandWork<R> {
    @Override
    public R on(@Nullable Object none) throws Exception {
      return work.apply(input);
    }
  }

  /** What a task keeps of its call once it is done, to name itself. */
  static @Nullable Object label(@Nullable Call<?, ?> call) {
    // Of each class by itself, which costs a comparison; of the interface it would be a search.
    if (call instanceof OfCallable<?> hand) {
      return hand.work.getClass();
    } else if (call instanceof OfRunnable<?> hand) {
      return hand.work.getClass();
    } else if (call instanceof OfFunction<?, ?> hand) {
      return hand.work.getClass();
    }
    return call instanceof PreparedCall prepared ? prepared.label() : null;
  }

  /** The name of the work's class, short. */
  static String describe(@Nullable Object label) {
    if (!(label instanceof Class<?> workType)) {
      return "";
    }
    String name = workType.getName();
    int lambda = name.indexOf("$$Lambda");
    String outer = lambda < 0 ? name : name.substring(0, lambda);
    String simple = outer.substring(outer.lastIndexOf('.') + 1);
    return lambda < 0 ? simple : simple + " lambda";
  }
}

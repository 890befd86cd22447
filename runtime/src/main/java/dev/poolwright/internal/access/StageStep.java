package dev.poolwright.internal.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The function of a stage, which the JDK calls however the source of the stage ends. So the stage
 * is told of its failure by its function, and nothing has to watch its end.
 *
 * <p><b>Threads:</b> one derives the stage, one calls the function.
 *
 * @param <A> the result of the source
 * @param <R> the result of the stage
 */
public final class StageStep<A extends @Nullable Object, R extends @Nullable Object>
    implements BiFunction<A, @Nullable Throwable, R> {

  private static final VarHandle FIRST = first();

  private final @Nullable CarriedContext context;
  private final Function<? super A, ? extends R> fn;

  // Of the stage and its failure the one that is known first; whoever comes second tells the stage.
  @SuppressWarnings("unused") // Through FIRST.
  private volatile @Nullable Object first;

  /**
   * A function that was not called.
   *
   * @param context that it runs in; null for none
   * @param fn foreign code
   */
  public StageStep(@Nullable CarriedContext context, Function<? super A, ? extends R> fn) {
    this.context = context;
    this.fn = fn;
  }

  @Override
  public R apply(A value, @Nullable Throwable failed) {
    Throwable failure = failed;
    if (failure == null) {
      try {
        return context == null ? fn.apply(value) : context.<R>within(() -> fn.apply(value));
      } catch (Throwable e) {
        failure = ReadableFailure.of(e);
      }
    }
    if (FIRST.compareAndExchange(this, null, failure) instanceof TaskAccess stage) {
      stage.fails(failure);
    }
    throw ReadableFailure.<RuntimeException>sneaky(failure);
  }

  /** Says which stage it is the function of. */
  public void belongsTo(TaskAccess stage) {
    if (FIRST.compareAndExchange(this, null, stage) instanceof Throwable failure) {
      stage.fails(failure);
    }
  }

  private static VarHandle first() {
    try {
      return MethodHandles.lookup().findVarHandle(StageStep.class, "first", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

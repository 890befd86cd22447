package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.access.StageStep;
import dev.poolwright.internal.access.TaskAccess;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stages of {@link CompletableFuture}, which of a task are tasks again. Each task is a {@link
 * TaskAccess} as well. Stages that act on the outcome may be dropped: their failures are reported.
 *
 * @param <T> the result
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
abstract class TaskStages<T extends @Nullable Object> extends CompletableFuture<T> {

  @SuppressWarnings("NullAway") // Null only where nobody gets to see the stage.
  private <U extends @Nullable Object> Task<U> derived(
      CompletableFuture<U> stage, boolean sawOutcome) {
    return (Task<U>) ((TaskAccess) this).derived(stage, sawOutcome);
  }

  /** A stage of the three that most chains are made of, as light as can be. */
  private <U extends @Nullable Object> Task<U> stepped(Function<? super T, ? extends U> fn) {
    TaskAccess access = (TaskAccess) this;
    StageStep<T, U> step = new StageStep<>(access.carried(), fn);
    return (Task<U>) access.stepped(super.handle(step), step);
  }

  // ---- functions as the JDK gets them: they run in the context that this task carries, and what
  // they throw can be wrapped

  private <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> guarded(
      Function<? super A, ? extends R> fn) {
    Objects.requireNonNull(fn);
    CarriedContext context = ((TaskAccess) this).carried();
    return value -> TaskStages.<R>call(context, () -> fn.apply(value));
  }

  private <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      BiFunction<A, B, R> guarded(BiFunction<? super A, ? super B, ? extends R> fn) {
    Objects.requireNonNull(fn);
    CarriedContext context = ((TaskAccess) this).carried();
    return (one, other) -> TaskStages.<R>call(context, () -> fn.apply(one, other));
  }

  private <A extends @Nullable Object> Consumer<A> guardedAction(Consumer<? super A> action) {
    Objects.requireNonNull(action);
    CarriedContext context = ((TaskAccess) this).carried();
    return value -> run(context, () -> action.accept(value));
  }

  private <A extends @Nullable Object, B extends @Nullable Object> BiConsumer<A, B> guardedAction(
      BiConsumer<? super A, ? super B> action) {
    Objects.requireNonNull(action);
    CarriedContext context = ((TaskAccess) this).carried();
    return (one, other) -> run(context, () -> action.accept(one, other));
  }

  private Runnable guardedAction(Runnable action) {
    Objects.requireNonNull(action);
    CarriedContext context = ((TaskAccess) this).carried();
    return () -> run(context, action);
  }

  /** A function whose future ends the stage. */
  private <A extends @Nullable Object, R extends CompletionStage<?>> Function<A, R> leading(
      Function<? super A, ? extends R> fn) {
    Function<A, R> guarded = guarded(fn);
    return argument -> joined(guarded.apply(argument));
  }

  /**
   * Lets whoever waits for a stage of this task wait for the pool of another one as well, with
   * which the stage ends.
   */
  private <S extends CompletionStage<?>> S joined(S other) {
    Runnable end =
        other instanceof Task<?> task && !task.isDone() ? ((TaskAccess) this).leadsTo(task) : null;
    if (end != null) {
      // A stage that asks the task for nothing, so that its failure is observed by nobody.
      CompletableFuture<?> unused =
          CompletableFuture.allOf((CompletableFuture<?>) other)
              .whenComplete((none, failure) -> end.run());
    }
    return other;
  }

  private static void run(@Nullable CarriedContext context, Runnable action) {
    Object unused =
        TaskStages.<@Nullable Object>call(
            context,
            () -> {
              action.run();
              return null;
            });
  }

  private static <R extends @Nullable Object> R call(
      @Nullable CarriedContext context, Supplier<? extends R> code) {
    try {
      return context == null ? code.get() : context.<R>within(code::get);
    } catch (Throwable e) {
      throw ReadableFailure.<RuntimeException>sneaky(ReadableFailure.of(e));
    }
  }

  // ---- stages

  @Override
  public <U extends @Nullable Object> Task<U> thenApply(Function<? super T, ? extends U> fn) {
    return stepped(Objects.requireNonNull(fn));
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
    return derived(super.thenApplyAsync(guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    return derived(super.thenApplyAsync(guarded(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAccept(Consumer<? super T> action) {
    Objects.requireNonNull(action);
    return stepped(
        value -> {
          action.accept(value);
          return null;
        });
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action) {
    return derived(super.thenAcceptAsync(guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
    return derived(super.thenAcceptAsync(guardedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRun(Runnable action) {
    Objects.requireNonNull(action);
    return stepped(
        value -> {
          action.run();
          return null;
        });
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action) {
    return derived(super.thenRunAsync(guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action, Executor executor) {
    return derived(super.thenRunAsync(guardedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombine(joined(other), guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombineAsync(joined(other), guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> fn,
      Executor executor) {
    return derived(super.thenCombineAsync(joined(other), guarded(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBoth(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBothAsync(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor) {
    return derived(
        super.thenAcceptBothAsync(joined(other), guardedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBoth(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBothAsync(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(super.runAfterBothAsync(joined(other), guardedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEither(joined(other), guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEitherAsync(joined(other), guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    return derived(super.applyToEitherAsync(joined(other), guarded(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEither(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEitherAsync(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    return derived(super.acceptEitherAsync(joined(other), guardedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEither(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEither(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEitherAsync(joined(other), guardedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(
        super.runAfterEitherAsync(joined(other), guardedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenCompose(leading(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenComposeAsync(leading(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    return derived(super.thenComposeAsync(leading(fn), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handle(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handle(guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handleAsync(guarded(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    return derived(super.handleAsync(guarded(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenComplete(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenComplete(guardedAction(action)), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenCompleteAsync(guardedAction(action)), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action, Executor executor) {
    return derived(super.whenCompleteAsync(guardedAction(action), executor), true);
  }

  @Override
  public Task<T> exceptionally(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionally(guarded(fn)), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionallyAsync(guarded(fn)), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor) {
    return derived(super.exceptionallyAsync(guarded(fn), executor), false);
  }

  @Override
  public Task<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyCompose(leading(fn)), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyComposeAsync(leading(fn)), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    return derived(super.exceptionallyComposeAsync(leading(fn), executor), false);
  }

  @Override
  public Task<T> copy() {
    return derived(super.copy(), false);
  }
}

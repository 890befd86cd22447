package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.TaskAccess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
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

  // ---- functions that run in the context that this task carries

  @SuppressWarnings("unchecked") // Nobody puts anything into a function.
  private <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> carried(
      Function<? super A, ? extends R> fn) {
    CarriedContext context = ((TaskAccess) this).carried();
    return context == null || fn == null
        ? (Function<A, R>) fn
        : value -> context.<R>within(() -> fn.apply(value));
  }

  @SuppressWarnings("unchecked") // As above.
  private <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      BiFunction<A, B, R> carried(BiFunction<? super A, ? super B, ? extends R> fn) {
    CarriedContext context = ((TaskAccess) this).carried();
    return context == null || fn == null
        ? (BiFunction<A, B, R>) fn
        : (one, other) -> context.<R>within(() -> fn.apply(one, other));
  }

  private <A extends @Nullable Object> Consumer<? super A> carriedAction(
      Consumer<? super A> action) {
    CarriedContext context = ((TaskAccess) this).carried();
    return context == null || action == null
        ? action
        : value -> run(context, () -> action.accept(value));
  }

  private <A extends @Nullable Object, B extends @Nullable Object>
      BiConsumer<? super A, ? super B> carriedAction(BiConsumer<? super A, ? super B> action) {
    CarriedContext context = ((TaskAccess) this).carried();
    return context == null || action == null
        ? action
        : (one, other) -> run(context, () -> action.accept(one, other));
  }

  private Runnable carriedAction(Runnable action) {
    CarriedContext context = ((TaskAccess) this).carried();
    return context == null || action == null ? action : () -> run(context, action);
  }

  private static void run(CarriedContext context, Runnable action) {
    Object unused =
        context.<@Nullable Object>within(
            () -> {
              action.run();
              return null;
            });
  }

  // ---- stages

  @Override
  public <U extends @Nullable Object> Task<U> thenApply(Function<? super T, ? extends U> fn) {
    return derived(super.thenApply(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
    return derived(super.thenApplyAsync(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    return derived(super.thenApplyAsync(carried(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAccept(Consumer<? super T> action) {
    return derived(super.thenAccept(carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action) {
    return derived(super.thenAcceptAsync(carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
    return derived(super.thenAcceptAsync(carriedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRun(Runnable action) {
    return derived(super.thenRun(carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action) {
    return derived(super.thenRunAsync(carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action, Executor executor) {
    return derived(super.thenRunAsync(carriedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombine(other, carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombineAsync(other, carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> fn,
      Executor executor) {
    return derived(super.thenCombineAsync(other, carried(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBoth(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBothAsync(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor) {
    return derived(super.thenAcceptBothAsync(other, carriedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBoth(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBothAsync(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(super.runAfterBothAsync(other, carriedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEither(other, carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEitherAsync(other, carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    return derived(super.applyToEitherAsync(other, carried(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEither(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEitherAsync(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    return derived(super.acceptEitherAsync(other, carriedAction(action), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEither(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEither(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEitherAsync(other, carriedAction(action)), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(super.runAfterEitherAsync(other, carriedAction(action), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenCompose(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenComposeAsync(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    return derived(super.thenComposeAsync(carried(fn), executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handle(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handle(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handleAsync(carried(fn)), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    return derived(super.handleAsync(carried(fn), executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenComplete(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenComplete(carriedAction(action)), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenCompleteAsync(carriedAction(action)), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action, Executor executor) {
    return derived(super.whenCompleteAsync(carriedAction(action), executor), true);
  }

  @Override
  public Task<T> exceptionally(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionally(carried(fn)), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionallyAsync(carried(fn)), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor) {
    return derived(super.exceptionallyAsync(carried(fn), executor), false);
  }

  @Override
  public Task<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyCompose(carried(fn)), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyComposeAsync(carried(fn)), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    return derived(super.exceptionallyComposeAsync(carried(fn), executor), false);
  }

  @Override
  public Task<T> copy() {
    return derived(super.copy(), false);
  }
}

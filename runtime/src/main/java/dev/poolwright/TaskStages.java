package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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

  @Override
  public <U extends @Nullable Object> Task<U> thenApply(Function<? super T, ? extends U> fn) {
    return derived(super.thenApply(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
    return derived(super.thenApplyAsync(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    return derived(super.thenApplyAsync(fn, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAccept(Consumer<? super T> action) {
    return derived(super.thenAccept(action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action) {
    return derived(super.thenAcceptAsync(action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
    return derived(super.thenAcceptAsync(action, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRun(Runnable action) {
    return derived(super.thenRun(action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action) {
    return derived(super.thenRunAsync(action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> thenRunAsync(Runnable action, Executor executor) {
    return derived(super.thenRunAsync(action, executor), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombine(other, fn), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return derived(super.thenCombineAsync(other, fn), false);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> Task<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> fn,
      Executor executor) {
    return derived(super.thenCombineAsync(other, fn, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBoth(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return derived(super.thenAcceptBothAsync(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public <U extends @Nullable Object> Task<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor) {
    return derived(super.thenAcceptBothAsync(other, action, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBoth(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterBothAsync(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(super.runAfterBothAsync(other, action, executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEither(other, fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return derived(super.applyToEitherAsync(other, fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    return derived(super.applyToEitherAsync(other, fn, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEither(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return derived(super.acceptEitherAsync(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    return derived(super.acceptEitherAsync(other, action, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEither(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEither(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
    return derived(super.runAfterEitherAsync(other, action), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return derived(super.runAfterEitherAsync(other, action, executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenCompose(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return derived(super.thenComposeAsync(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    return derived(super.thenComposeAsync(fn, executor), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handle(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handle(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn) {
    return derived(super.handleAsync(fn), false);
  }

  @Override
  public <U extends @Nullable Object> Task<U> handleAsync(
      BiFunction<? super @Nullable T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    return derived(super.handleAsync(fn, executor), false);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenComplete(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenComplete(action), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    return derived(super.whenCompleteAsync(action), true);
  }

  @CanIgnoreReturnValue
  @Override
  public Task<T> whenCompleteAsync(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action, Executor executor) {
    return derived(super.whenCompleteAsync(action, executor), true);
  }

  @Override
  public Task<T> exceptionally(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionally(fn), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return derived(super.exceptionallyAsync(fn), false);
  }

  @Override
  public Task<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor) {
    return derived(super.exceptionallyAsync(fn, executor), false);
  }

  @Override
  public Task<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyCompose(fn), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
    return derived(super.exceptionallyComposeAsync(fn), false);
  }

  @Override
  public Task<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    return derived(super.exceptionallyComposeAsync(fn, executor), false);
  }

  @Override
  public Task<T> copy() {
    return derived(super.copy(), false);
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.Life;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stage derived from a task: a future without work of its own, which the JDK completes.
 *
 * @param <T> the result
 */
final class StageTask<T extends @Nullable Object> extends BaseTask<T> {

  // What its source is named by, and how many stages behind it this one is.
  private final @Nullable Object label;
  private final int depth;

  // Written before anybody else knows the stage: a watch sees its end, or is about to be made; and
  // the task whose failure, which was shown to an action already, it repeats.
  private boolean isWatched;
  private boolean isBeingWatched;
  private @Nullable BaseTask<?> repeated;

  /**
   * A stage of another task, which is not done. Unless its function tells it that it fails, it is
   * to be watched.
   */
  private StageTask(BaseTask<?> source) {
    super(source.site);
    this.label = source.label();
    this.depth = source instanceof StageTask<?> stage ? stage.depth + 1 : 1;
  }

  /** A new one. Who calls this need not know the class, which Java then loads with the first. */
  static <U extends @Nullable Object> CompletableFuture<U> of(BaseTask<?> source) {
    return new StageTask<>(source);
  }

  /** What was just derived from a task by a function that does not tell of failures, watched. */
  static <U extends @Nullable Object> Task<U> derived(
      BaseTask<?> source, CompletableFuture<U> stage, boolean sawOutcome) {
    StageTask<U> derived = own(source, stage);
    if (sawOutcome) {
      derived.repeated = source;
    }
    derived.watch();
    return derived;
  }

  /**
   * The stage, as one of this task. Of two futures of which either is enough, the JDK has the one
   * that is done already make the stage: it may be a plain future, or belong to another pool.
   */
  private static <U extends @Nullable Object> StageTask<U> own(
      BaseTask<?> source, CompletableFuture<U> stage) {
    if (stage instanceof StageTask<U> derived && derived.pool() == source.pool()) {
      return derived;
    }
    StageTask<U> derived = (StageTask<U>) source.<U>newIncompleteFuture();
    derived.like(stage);
    return derived;
  }

  /** Has a plain future see to its end, before anybody else knows this stage. */
  private void watch() {
    isWatched = true;
    isBeingWatched = true;
    CompletableFuture<T> unused = whenComplete((value, failure) -> ended(failure));
    isBeingWatched = false;
  }

  /** Ends this stage as another future ends, which is the stage in all but the pool. */
  private void like(CompletableFuture<T> twin) {
    CompletableFuture<T> unused =
        twin.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                complete(value);
              } else {
                completeExceptionally(failure);
              }
            });
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null && !isRepeated(failure)) {
      fails(failure);
    }
    callBack();
  }

  private void callBack() {
    if (closeIfNoCallbacks()) {
      return;
    }
    if (pool().life().isOwnThread()) {
      runDoneCallbacks();
    } else {
      offThread(this::runDoneCallbacks);
    }
  }

  private boolean isRepeated(Throwable failure) {
    BaseTask<?> source = repeated;
    if (source == null || !source.isCompletedExceptionally()) {
      return false;
    }
    return ReadableFailure.unwrapped(failure) == source.failure();
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return isBeingWatched ? new CompletableFuture<>() : super.newIncompleteFuture();
  }

  /** The watch over this stage is a plain future, which nobody gets to see. */
  @Override
  public <U extends @Nullable Object> @Nullable Task<U> derived(
      CompletableFuture<U> stage, boolean sawOutcome) {
    return isBeingWatched ? null : super.derived(stage, sawOutcome);
  }

  @Override
  public @Nullable CarriedContext carried() {
    return isBeingWatched ? null : super.carried();
  }

  /** The watch over this stage, which is the last to go, is none of them. */
  @Override
  public int getNumberOfDependents() {
    return Math.max(0, super.getNumberOfDependents() - (isWatched ? 1 : 0));
  }

  /** Where nothing watches this stage, another plain future sees to its callbacks. */
  @Override
  public Task<T> onDone(Consumer<? super Task<T>> callback) {
    if (!isWatched && isDone()) {
      boolean unused = closeIfNoCallbacks(); // Nobody else would.
    }
    Task<T> same = super.onDone(callback);
    if (!isWatched) {
      CompletableFuture<?> unused =
          CompletableFuture.allOf(this).whenComplete((none, failure) -> callBack());
    }
    return same;
  }

  // ---- ends from outside: whoever ends this stage knows it

  @Override
  public boolean complete(T value) {
    return observedIf(super.complete(value));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return observedIf(super.cancel(mayInterruptIfRunning));
  }

  private boolean observedIf(boolean isEnded) {
    if (isEnded) {
      observe();
    }
    return isEnded;
  }

  @Override
  @Nullable Object label() {
    return label;
  }

  /** Made when somebody asks, and never longer than its source's by more than a number. */
  @Override
  public String name() {
    return site.nameOf(label) + (depth == 1 ? ".then" : ".then(" + depth + ")");
  }

  /** The stage itself may be forgotten before its time. */
  @Override
  void at(long delayNanos, Consumer<BaseTask<T>> action) {
    Life life = pool().life();
    var unused =
        life.deadlines()
            .after(
                delayNanos,
                this,
                stage -> {
                  if (!stage.isDone()) {
                    life.complete(() -> action.accept(stage));
                  }
                });
  }

  /** Kept as it is: the JDK would ask it for its text. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean isEnded =
        super.completeExceptionally(ReadableFailure.of(Objects.requireNonNull(failure)));
    if (isEnded) {
      fails(failure);
    }
    return isEnded;
  }

  @Override
  public Task<T> onProgress(Consumer<? super TaskProgress> listener) {
    Objects.requireNonNull(listener, "listener");
    return this;
  }
}

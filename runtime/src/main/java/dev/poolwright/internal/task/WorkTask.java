package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.TaskProgress;
import dev.poolwright.spi.Call;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task with work carries: its call and target until it is done, its callbacks, and the
 * deadlines and listeners that few tasks have.
 *
 * @param <T> the result
 */
abstract class WorkTask<T extends @Nullable Object> extends EngineTask<T> {

  private static final VarHandle EXTRAS = extrasHandle();

  // Set once; dropped by whoever completes the future, before it does. A target that callbacks need
  // is dropped after them.
  private @Nullable Object target;
  private @Nullable Call<?, ?> call;

  // Through EXTRAS: set once, by whoever needs it first.
  private volatile @Nullable TaskExtras extras;

  WorkTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site);
    this.target = target;
    this.call = call;
  }

  /** The call, until the task is done. */
  public final @Nullable Call<?, ?> call() {
    return call;
  }

  /** Puts another form of the call in its place; only while the task is being submitted. */
  public final void prepared(PreparedCall prepared) {
    call = prepared;
  }

  /** What the call runs on, until the task is done; null for static methods. */
  public final @Nullable Object target() {
    return target;
  }

  /** What is common to the tasks of the call site. */
  public final TaskSite site() {
    return site;
  }

  @Override
  public final String name() {
    String name = site.name();
    return name != null ? name : pool().name() + ".submit(" + HandWork.describe(call, target) + ")";
  }

  // ---- the end

  /** Before the future is complete: counts, and lets go of the arguments. */
  private void completed(Outcome outcome) {
    count(outcome);
    Call<?, ?> dropped = call;
    if (site.callbacks().isEmpty()) {
      target = site.name() == null ? HandWork.label(dropped) : null;
    }
    call = null;
    drop(dropped);
    TaskExtras more = extras;
    if (more != null) {
      more.end();
    }
  }

  /** Completes the future with a result. By the winner. */
  @SuppressWarnings("NullAway") // A result may be null where T may be.
  final void finishWith(@Nullable T result) {
    completed(Outcome.SUCCEEDED);
    super.complete(result);
    ended(Outcome.SUCCEEDED);
  }

  /** Completes the future with a failure, or as cancelled. By the winner. */
  final void finishFailed(Throwable failure) {
    boolean isCancel = failure instanceof CancellationException;
    Outcome outcome = isCancel ? Outcome.CANCELLED : Outcome.FAILED;
    completed(outcome);
    super.completeExceptionally(failure);
    if (!isCancel) {
      reportUnlessObserved(unwrapped(failure));
    }
    ended(outcome);
  }

  private static void drop(@Nullable Call<?, ?> dropped) {
    if (dropped instanceof PreparedCall prepared) {
      prepared.dropped();
    }
  }

  /** Nobody will ever see the task, since it could not be queued. */
  final void discarded() {
    drop(call);
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  /** Counts the end of this task. */
  void count(Outcome outcome) {
    pool().count(outcome);
  }

  /** The future is complete. Must not block. */
  void ended(Outcome outcome) {
    // Most tasks have nobody to tell.
  }

  /** Whether the task is done, or about to be, or its run is to be stopped. */
  abstract boolean isStopping();

  final void dispatchCallbacks() {
    if (!hasNoCallbacks()) {
      offThread(this::runCallbacks);
    }
  }

  private boolean hasNoCallbacks() {
    return site.callbacks().isEmpty() && closeIfNoCallbacks();
  }

  final void runCallbacks() {
    if (hasNoCallbacks()) {
      return;
    }
    if (!site.callbacks().isEmpty()) {
      SiteCallbacks.runAll(this, target);
      target = null;
    }
    runDoneCallbacks();
  }

  // ---- what few tasks have

  @Override
  public final Task<T> onProgress(Consumer<? super TaskProgress> listener) {
    extras().onProgress(Objects.requireNonNull(listener, "listener"), this::offThread);
    return this;
  }

  /** Tells the listeners how far the run is; also those that are added later. */
  public final void reportProgress(TaskProgress progress) {
    extras().reportProgress(progress, this::offThread);
  }

  final @Nullable TaskExtras extrasIfAny() {
    return extras;
  }

  final TaskExtras extras() {
    TaskExtras now = extras;
    if (now == null) {
      now = new TaskExtras(name());
      if (!EXTRAS.compareAndSet(this, null, now)) {
        now = Objects.requireNonNull(extras);
      }
    }
    return now;
  }

  // ---- ends from outside that come later

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    Objects.requireNonNull(supplier);
    executor.execute(
        () -> {
          if (isDone()) {
            return;
          }
          try {
            complete(supplier.get());
          } catch (CompletionException e) {
            completeExceptionally(e);
          } catch (Throwable e) {
            // As the stages of the JDK do with what their functions throw.
            completeExceptionally(new CompletionException(e));
          }
        });
    return this;
  }

  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    return atTimeout(timeout, unit, () -> completeExceptionally(new TimeoutException()));
  }

  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    return atTimeout(timeout, unit, () -> complete(value));
  }

  private CompletableFuture<T> atTimeout(long timeout, TimeUnit unit, Runnable action) {
    long nanos = unit.toNanos(timeout);
    if (!isDone()) {
      TaskExtras more = extras();
      more.at(pool().engine().deadlines(), nanos, () -> offThread(action));
      if (isStopping()) {
        more.end();
      }
    }
    return this;
  }

  private static VarHandle extrasHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(WorkTask.class, "extras", TaskExtras.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

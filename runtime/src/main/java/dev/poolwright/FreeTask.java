package dev.poolwright;

import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.access.StageStep;
import dev.poolwright.internal.access.TaskAccess;
import dev.poolwright.internal.time.Clock;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task of no pool: one that was made done, or a stage derived from such a one.
 *
 * @param <T> the result
 */
final class FreeTask<T extends @Nullable Object> extends Task<T> implements TaskAccess {

  private final String name;
  private final Queue<Consumer<? super Task<T>>> callbacks = new ConcurrentLinkedQueue<>();

  /** How often somebody wanted the callbacks run since the one thread that runs them began. */
  private final AtomicInteger drains = new AtomicInteger();

  // Confined to the constructor: the stage that watches this one is a plain future.
  private boolean isBeingWatched = true;

  private FreeTask(String name) {
    this.name = name;
    CompletableFuture<T> unused = whenComplete((value, failure) -> runCallbacks());
    isBeingWatched = false;
  }

  /** Not done. Who calls this need not know the class, which Java then loads when it is made. */
  static <T extends @Nullable Object> Task<T> named(String name) {
    return new FreeTask<>(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Task<T> onDone(Consumer<? super Task<T>> callback) {
    callbacks.add(Objects.requireNonNull(callback, "callback"));
    if (isDone()) {
      runCallbacks();
    }
    return this;
  }

  /** In the order in which they were added, by one thread. */
  private void runCallbacks() {
    if (drains.getAndIncrement() > 0) {
      return;
    }
    do {
      Consumer<? super Task<T>> callback = callbacks.poll();
      while (callback != null) {
        run(callback);
        callback = callbacks.poll();
      }
    } while (drains.decrementAndGet() > 0);
  }

  private void run(Consumer<? super Task<T>> callback) {
    try {
      callback.accept(this);
    } catch (Throwable e) {
      // There are no pools that could log it.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      return super.get();
    } catch (RuntimeException | Error e) {
      throw unreadable(e);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeout, unit);
    } catch (RuntimeException | Error e) {
      throw unreadable(e);
    }
  }

  /** The JDK could not wrap the failure, whose text cannot be read. */
  private ExecutionException unreadable(Throwable thrown) {
    if (status() != TaskStatus.FAILED) {
      throw ReadableFailure.<RuntimeException>sneaky(thrown);
    }
    Throwable failure = exceptionNow();
    return new ExecutionException(ReadableFailure.text(failure), failure);
  }

  /** Kept as it is: the JDK would ask it for its text. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    return super.completeExceptionally(ReadableFailure.of(Objects.requireNonNull(failure)));
  }

  @Override
  public Task<T> onProgress(Consumer<? super TaskProgress> listener) {
    Objects.requireNonNull(listener, "listener");
    return this;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return isBeingWatched ? new CompletableFuture<>() : new FreeTask<>(name + ".then");
  }

  @Override
  public @Nullable Runnable lendPlace() {
    return null;
  }

  @Override
  public Object home() {
    return FreeTask.class;
  }

  @Override
  public @Nullable Runnable leadsTo(Object other) {
    return null;
  }

  @Override
  public Clock clock() {
    return Clock.SYSTEM;
  }

  @Override
  public <U extends @Nullable Object> @Nullable CompletableFuture<U> derived(
      CompletableFuture<U> stage, boolean sawOutcome) {
    if (isBeingWatched) {
      return null;
    }
    if (stage instanceof FreeTask<U>) {
      return stage;
    }
    // Of two futures of which either is enough, the other one made it.
    FreeTask<U> own = new FreeTask<>(name + ".then");
    CompletableFuture<U> unused =
        stage.whenComplete(
            (value, failure) -> {
              boolean ignored =
                  failure == null ? own.complete(value) : own.completeExceptionally(failure);
            });
    return own;
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> stepped(
      CompletableFuture<U> stage, StageStep<?, U> step) {
    return stage;
  }

  /** Nobody is told of failures that nobody observes. */
  @Override
  public void fails(Throwable failure) {}

  @Override
  public String toString() {
    String text = super.toString();
    return name + text.substring(text.indexOf('['));
  }

  /** It was submitted nowhere. */
  @Override
  public @Nullable CarriedContext carried() {
    return null;
  }
}

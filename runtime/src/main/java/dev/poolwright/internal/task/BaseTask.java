package dev.poolwright.internal.task;

import dev.poolwright.Task;
import dev.poolwright.TaskStatus;
import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.access.StageStep;
import dev.poolwright.internal.access.TaskAccess;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Threads;
import dev.poolwright.internal.life.UnobservedFailures;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What tasks with work and stages derived from them share: waits that lend the worker's place, the
 * list of callbacks added by hand, and who has observed a failure.
 *
 * @param <T> the result
 */
public abstract class BaseTask<T extends @Nullable Object> extends Task<T> implements TaskAccess {

  private static final VarHandle CALLBACKS = handle("callbacks", Object.class);
  private static final VarHandle REPORT = handle("report", Object.class);

  /** In the place of the callbacks, once all have run: a later one runs at once. */
  private static final Object CLOSED = new Object();

  /** In the place of the report, once somebody answers for the failure. */
  private static final Object OBSERVED = new Object();

  /** What is common to the tasks of one call site. */
  final TaskSite site;

  /*
   * null: no callback added yet.      A DoneCallback: a stack of them.
   * CLOSED: all have run, and a later one runs at once, on the thread that adds it.
   * null -> stack -> null (a drain took it) -> ... -> CLOSED (a drain found nothing more).
   */
  @SuppressWarnings("unused") // Through CALLBACKS.
  private volatile @Nullable Object callbacks;

  /*
   * null or a StackTraceElement (where it was submitted): nobody has observed the outcome.
   * A Report: it failed, and is on the list of unobserved failures.
   * OBSERVED: somebody looked at the outcome, or took over the duty to. Final.
   */
  @SuppressWarnings("unused") // Through REPORT.
  private volatile @Nullable Object report;

  BaseTask(TaskSite site) {
    this.site = site;
  }

  /** Whether the thread's wait may need a worker of this task's pool. */
  public final TaskHome pool() {
    return site.pool();
  }

  // ---- waits

  @Override
  public T get() throws InterruptedException, ExecutionException {
    Runnable giveBack = Threads.isDoneSoon(this) ? null : lendPlace();
    try {
      if (!isDone() && !clock().isSystem()) {
        awaitByClock(Nanos.MOST);
      }
      return super.get();
    } catch (CancellationException e) {
      throw original(e);
    } catch (ExecutionException e) {
      observe();
      throw e;
    } catch (RuntimeException | Error e) {
      throw unreadable(e);
    } finally {
      giveBack(giveBack);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    Runnable giveBack = Threads.isDoneSoon(this) ? null : lendPlace();
    try {
      if (!isDone() && !clock().isSystem()) {
        awaitByClock(Nanos.of(timeout, unit));
        return super.get(0, unit);
      }
      return super.get(timeout, unit);
    } catch (CancellationException e) {
      throw original(e);
    } catch (ExecutionException e) {
      observe();
      throw e;
    } catch (RuntimeException | Error e) {
      throw unreadable(e);
    } finally {
      giveBack(giveBack);
    }
  }

  @Override
  public T join() {
    Runnable giveBack = Threads.isDoneSoon(this) ? null : lendPlace();
    try {
      if (!isDone() && !clock().isSystem()) {
        try (Wait wait = new Wait(clock(), this, Nanos.MOST, null)) {
          boolean unused = awaitDone(wait);
        }
      }
      return super.join();
    } catch (CancellationException e) {
      throw original(e);
    } catch (CompletionException e) {
      observe();
      throw e;
    } finally {
      giveBack(giveBack);
    }
  }

  @Override
  public T getNow(T valueIfAbsent) {
    try {
      return super.getNow(valueIfAbsent);
    } catch (CancellationException e) {
      throw original(e);
    } catch (CompletionException e) {
      observe();
      throw e;
    }
  }

  /** Newer JDKs wrap the cancellation in another, whose message is the name of the method. */
  private static CancellationException original(CancellationException seen) {
    return seen.getCause() instanceof CancellationException cause ? cause : seen;
  }

  /**
   * Waits until this task is done, however it ends; an interrupt does not end the wait, and is
   * restored. Observes nothing.
   *
   * @return false when the time is over
   */
  public final boolean awaitDone(long nanos) {
    if (isDone()) {
      return true;
    }
    try (Wait wait = new Wait(clock(), this, nanos, lendPlace())) {
      return awaitDone(wait);
    }
  }

  private boolean awaitDone(Wait wait) {
    while (!isDone() && wait.left() > 0) {
      if (clock().isSystem()) {
        Boolean unused = wait.step(this::isDoneIn);
      } else {
        wait.park();
      }
    }
    return isDone();
  }

  private boolean isDoneIn(long nanos) throws InterruptedException {
    try {
      T unused = super.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // Done, or the time is over: the caller sees which.
    } catch (RuntimeException | Error e) {
      if (!isDone()) {
        throw e;
      }
      // The text of its failure cannot be read, and the JDK has asked for it.
    }
    return isDone();
  }

  /** Waits as long as a time goes that is not the system's. */
  private void awaitByClock(long nanos) throws InterruptedException {
    Clock clock = clock();
    long end = clock.deadline(nanos);
    for (long left = nanos; !isDone() && left > 0; left = clock.left(end)) {
      clock.park(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @Override
  public final Clock clock() {
    return pool().life().clock();
  }

  @Override
  public @Nullable Runnable lendPlace() {
    return pool().lendPlace();
  }

  @Override
  public Object home() {
    return pool();
  }

  @Override
  public @Nullable Runnable leadsTo(Object other) {
    return other instanceof BaseTask<?> task && task.pool() != pool()
        ? pool().waitsFor(task.pool())
        : null;
  }

  /** What it is named by when its work was submitted by hand. */
  abstract @Nullable Object label();

  private static void giveBack(@Nullable Runnable place) {
    if (place != null) {
      place.run();
    }
  }

  // ---- stages

  @Override
  public @Nullable CarriedContext carried() {
    return site.context();
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    observe();
    return StageTask.of(this);
  }

  /** Other stages ask for it, which pass the outcome on. */
  @Override
  public CompletableFuture<T> toCompletableFuture() {
    observe();
    return this;
  }

  @Override
  public CompletionStage<T> minimalCompletionStage() {
    observe();
    return super.minimalCompletionStage();
  }

  @Override
  public Executor defaultExecutor() {
    return pool().stageExecutor();
  }

  @Override
  public <U extends @Nullable Object> @Nullable Task<U> derived(
      CompletableFuture<U> stage, boolean sawOutcome) {
    return StageTask.derived(this, stage, sawOutcome);
  }

  @Override
  public <U extends @Nullable Object> Task<U> stepped(
      CompletableFuture<U> stage, StageStep<?, U> step) {
    step.belongsTo((TaskAccess) stage);
    return (Task<U>) stage;
  }

  @Override
  public void fails(Throwable failure) {
    try {
      Throwable cause = ReadableFailure.unwrapped(failure);
      if (!(cause instanceof CancellationException)) {
        reportUnlessObserved(cause);
      }
    } catch (Throwable e) {
      Guard.failed("watch whether somebody observes the failure", "", this, e);
    }
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
            CarriedContext context = carried();
            complete(context == null ? supplier.get() : context.within(supplier));
          } catch (CompletionException e) {
            completeExceptionally(e);
          } catch (Throwable e) {
            // As the stages of the JDK do with what their functions throw.
            completeExceptionally(ReadableFailure.wrapped(e));
          }
        });
    return this;
  }

  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    return atTimeout(timeout, unit, task -> task.completeExceptionally(new TimeoutException()));
  }

  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    return atTimeout(timeout, unit, task -> task.complete(value));
  }

  private CompletableFuture<T> atTimeout(
      long timeout, TimeUnit unit, Consumer<BaseTask<T>> action) {
    long nanos = Nanos.of(timeout, unit);
    if (!isDone()) {
      at(nanos, action);
    }
    return this;
  }

  /** Has an action, which may run foreign code, run later unless this task is done by then. */
  abstract void at(long delayNanos, Consumer<BaseTask<T>> action);

  // ---- observation

  /** Somebody looks at the outcome, or takes over the duty to. */
  final void observe() {
    Object before = report;
    if (before != OBSERVED) {
      before = REPORT.getAndSet(this, OBSERVED);
      if (before instanceof UnobservedFailures.Report registered) {
        pool().life().failures().observed(registered);
      }
    }
  }

  final void submittedAt(StackTraceElement element) {
    report = element;
  }

  /** This task has failed: unless somebody answers for it already, it goes on the list. */
  final void reportUnlessObserved(Throwable failure) {
    Object before = report;
    if (before == OBSERVED || before instanceof UnobservedFailures.Report) {
      return;
    }
    StackTraceElement submitSite = before instanceof StackTraceElement element ? element : null;
    UnobservedFailures failures = pool().life().failures();
    UnobservedFailures.Report registered =
        failures.register(
            this, new UnreadFailure(name(), pool().name(), KeptFailure.of(failure), submitSite));
    if (!REPORT.compareAndSet(this, before, registered)) {
      failures.observed(registered);
    }
  }

  // ---- callbacks

  @Override
  @SuppressWarnings("unchecked") // The action gets this task and no other.
  public Task<T> onDone(Consumer<? super Task<T>> callback) {
    Objects.requireNonNull(callback, "callback");
    observe();
    Consumer<? super Task<?>> action = (Consumer<? super Task<?>>) (Consumer<?>) callback;
    Object top;
    do {
      top = callbacks;
      if (top == CLOSED) {
        DoneCallback.runAll(new DoneCallback(action, null), this);
        return this;
      }
    } while (!CALLBACKS.compareAndSet(this, top, new DoneCallback(action, (DoneCallback) top)));
    return this;
  }

  final boolean hasDoneCallbacks() {
    return callbacks != null;
  }

  /** Closes the list if nothing was added, so that a later callback runs at once. */
  final boolean closeIfNoCallbacks() {
    return CALLBACKS.compareAndSet(this, null, CLOSED);
  }

  /** Runs what was added by hand, also what is added meanwhile, and closes the list. */
  final void runDoneCallbacks() {
    while (!closeIfNoCallbacks()) {
      Object top = callbacks;
      if (top == CLOSED) {
        return; // By somebody else, who has run them.
      } else if (CALLBACKS.compareAndSet(this, top, null)) {
        DoneCallback.runAll((DoneCallback) top, this);
      }
    }
  }

  /** Runs foreign code on a callback thread; here, when there are none any more. */
  final void offThread(Runnable action) {
    pool().life().offThread(action);
  }

  // ---- outcome

  /** What this task, which is done, failed with or was cancelled by; unwrapped. */
  public Throwable failure() {
    try {
      super.join();
    } catch (CancellationException e) {
      return original(e);
    } catch (CompletionException e) {
      return ReadableFailure.unwrapped(e);
    }
    throw new IllegalStateException(name() + " has not failed");
  }

  /** The JDK could not wrap the failure, whose text cannot be read. */
  private ExecutionException unreadable(Throwable thrown) {
    if (!isCompletedExceptionally()) {
      throw ReadableFailure.<RuntimeException>sneaky(thrown);
    }
    observe();
    Throwable failure = failure();
    return new ExecutionException(ReadableFailure.text(failure), failure);
  }

  @Override
  public String toString() {
    return name() + "[" + completion() + "]";
  }

  /** In the words that {@link CompletableFuture#toString} promises, and what else is known. */
  private String completion() {
    TaskStatus now = status();
    return switch (now) {
      case QUEUED, RUNNING -> {
        int dependents = getNumberOfDependents();
        yield "Not completed, "
            + now.name().toLowerCase(Locale.ROOT)
            + (dependents == 0 ? "" : ", " + dependents + " dependents");
      }
      case SUCCEEDED -> "Completed normally";
      // Not the text of the exception, which is foreign code.
      case FAILED -> "Completed exceptionally: " + failure().getClass().getName();
      case CANCELLED -> "Completed exceptionally: Cancelled";
    };
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(BaseTask.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

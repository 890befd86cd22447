package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One submitted call and the future of its outcome. It is a {@link CompletableFuture} and can be
 * used like any other, with these differences:
 *
 * <ul>
 *   <li>{@link #cancel cancel(true)} stops the run: a thread is interrupted, a worker JVM is
 *       killed. {@code cancel(false)} of a running task lets the run go on, but ignores its
 *       outcome. A queued task that is cancelled never runs, and its place in the queue is free at
 *       once.
 *   <li>{@code complete}, {@code completeExceptionally}, {@code completeAsync}, {@code orTimeout}
 *       and {@code completeOnTimeout}, used from outside, stop the run as {@code cancel(true)}
 *       does; a late result is dropped.
 *   <li>Stages derived from a task ({@code thenApply}, {@code copy}) are tasks without work of
 *       their own, named after their source; so is the result of {@code newIncompleteFuture}.
 *       Cancelling a stage cancels only that stage.
 *   <li>{@code thenXAsync} without an executor runs on the task's own thread pool or, for a process
 *       pool, on callback threads of the parent; never on the common pool. {@code defaultExecutor}
 *       returns that executor.
 *   <li>A worker that waits for a task of its own pool lends its place: the pool adds a temporary
 *       worker, so that nested waits end. There are at most 256 temporary workers, or as many as
 *       {@code maxWorkers} in a larger pool of virtual threads.
 *   <li>{@code toString} puts the name in front of the text of the JDK, and adds {@code queued},
 *       {@code running} or the class of the failure to that text.
 *   <li>{@code join}, {@code get} and {@code getNow} throw the {@code CancellationException} that
 *       the task was cancelled with, on every version of Java.
 *   <li>A failure that nobody observes is reported once: observers are {@code get}, {@code join},
 *       {@code resultNow}, {@code exceptionNow}, {@code handle}, {@code whenComplete}, {@code
 *       exceptionally}, {@link #onDone onDone} and callbacks that take the failure; any other stage
 *       passes this duty on to the derived task. Whoever obtrudes an outcome answers for it. The
 *       static {@code CompletableFuture.allOf} and {@code anyOf} observe no failure; {@link
 *       Tasks#allOf Tasks.allOf} takes over the duty.
 * </ul>
 *
 * <p>A done task holds neither its arguments nor its target.
 *
 * <p><b>Threads:</b> thread-safe. Actions of the run happen-before actions of any thread that has
 * seen the task done. JDK stages run as in the JDK, on the thread that completes the task; for
 * {@link #onDone onDone} see there.
 *
 * <p><b>Errors:</b> completes with the exception that the method threw; {@link
 * CancellationException} if it was cancelled or its pool stopped; {@link TaskTimeoutException} at
 * its time limit; {@link WorkerCrashedException}, {@link WorkerStartException}, {@link
 * BrokenPoolException}, {@link TaskSerializationException} or {@link RemoteTaskException} from
 * process pools; of these the last two, {@link WorkerLostException} or {@link NoWorkerException}
 * from cluster pools.
 *
 * <p>Only Poolwright's own pools extend this class.
 *
 * @param <T> the result
 */
public abstract class Task<T extends @Nullable Object> extends TaskStages<T> {

  /** For Poolwright's own pools. */
  protected Task() {}

  /**
   * Creates a succeeded task that belongs to no pool, for tests and for callers that already have
   * the result.
   *
   * <p>Stages derived from it belong to no pool either: {@code thenXAsync} without an executor runs
   * where the JDK runs it, a failure that nobody observes is not reported, and an exception thrown
   * by a callback of {@link #onDone} goes to the uncaught exception handler of the thread.
   *
   * @param result may be null
   * @param <T> the result
   * @return a done task named {@code "completed"}
   */
  public static <T extends @Nullable Object> Task<T> completed(T result) {
    Task<T> task = FreeTask.named("completed");
    boolean unused = task.complete(result);
    return task;
  }

  /**
   * Creates a failed or cancelled task that belongs to no pool, otherwise like {@link #completed}.
   *
   * @param failure the failure; a {@link CancellationException} makes the task cancelled
   * @param <T> the result that it would have had
   * @return a done task named {@code "failed"}
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // As of CompletableFuture.failedFuture.
  public static <T extends @Nullable Object> Task<T> failed(Throwable failure) {
    Task<T> task = FreeTask.named("failed");
    boolean unused = task.completeExceptionally(failure);
    return task;
  }

  /**
   * The current status of the task. {@code SUCCEEDED}, {@code FAILED} and {@code CANCELLED} are
   * final.
   *
   * @return a snapshot
   */
  public TaskStatus status() {
    if (!isDone()) {
      return TaskStatus.QUEUED;
    }
    return isCancelled()
        ? TaskStatus.CANCELLED
        : isCompletedExceptionally() ? TaskStatus.FAILED : TaskStatus.SUCCEEDED;
  }

  /**
   * The name of the task.
   *
   * @return class, method and parameter types as in {@code "Crawler.get(String)"}; for a derived
   *     stage, the name of its source followed by {@code ".then"} and, from the second stage on,
   *     its number: {@code ".then(2)"}
   */
  public abstract String name();

  /**
   * Runs a callback once, when the task is done in any way. Several callbacks run in the order in
   * which they were added. If the worker JVM of the task had to be killed, they run after the
   * process has ended.
   *
   * <p><b>Threads:</b> runs on the worker thread that finished the task (for worker JVMs, the
   * thread that drives the worker); on a callback thread if the task ended without a worker; and on
   * the calling thread at once if the callbacks of the task have already run. An exception thrown
   * by the callback is logged and affects nothing else.
   *
   * @param callback receives this task, done
   * @return this task
   */
  @SuppressWarnings("exports") // an annotation that nobody else need have
  @CanIgnoreReturnValue
  public abstract Task<T> onDone(Consumer<? super Task<T>> callback);

  /**
   * Reports the progress of the run to a listener, as reported by {@link TaskContext#progress
   * TaskContext.progress}. Reports may be skipped in favour of later ones; of the reports before
   * this call, the listener receives the latest.
   *
   * <p><b>Threads:</b> runs on a thread of the framework, never on two at once for one task. An
   * exception thrown by the listener is logged.
   *
   * @param listener receives each report
   * @return this task
   */
  @SuppressWarnings("exports") // an annotation that nobody else need have
  @CanIgnoreReturnValue
  public abstract Task<T> onProgress(Consumer<? super TaskProgress> listener);

  /**
   * The result, without waiting.
   *
   * @return the result
   * @throws IllegalStateException if the task is not done
   * @throws IllegalStateException if the task failed or was cancelled
   */
  // Here for Java 17; from Java 19 on it overrides the method of Future.
  public T resultNow() {
    if (!isDone()) {
      throw new IllegalStateException(name() + " is not done");
    }
    try {
      return join();
    } catch (CompletionException | CancellationException e) {
      throw new IllegalStateException(name() + " is " + status() + ", not SUCCEEDED", e);
    }
  }

  /**
   * The failure, without waiting.
   *
   * @return the exception that the task failed with
   * @throws IllegalStateException if the task is not done
   * @throws IllegalStateException if the task succeeded or was cancelled
   */
  // Here for Java 17; from Java 19 on it overrides the method of Future.
  public Throwable exceptionNow() {
    TaskStatus now = status();
    if (now == TaskStatus.FAILED) {
      try {
        join();
      } catch (CompletionException e) {
        return e.getCause() == null ? e : e.getCause();
      }
    }
    throw new IllegalStateException(name() + " is " + now + ", not FAILED");
  }
}

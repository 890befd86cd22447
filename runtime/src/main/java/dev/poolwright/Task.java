package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One submitted call and the future of its outcome. It is a {@link CompletableFuture}, so all of
 * the JDK's machinery works on it, with these differences:
 *
 * <ul>
 *   <li>{@link #cancel cancel(true)} stops the run: a thread is interrupted, a worker JVM is
 *       killed. {@code cancel(false)} of a running task leaves the run to go on unseen. A queued
 *       task that is cancelled never runs, and its place in the queue is free at once.
 *   <li>{@code complete}, {@code completeExceptionally}, {@code completeAsync}, {@code orTimeout}
 *       and {@code completeOnTimeout} from outside stop the run as {@code cancel(true)} does; a
 *       late result is dropped.
 *   <li>Stages derived from a task ({@code thenApply}, {@code copy}) are tasks without work of
 *       their own, named after their source; so is what {@code newIncompleteFuture} gives.
 *       Cancelling one cancels itself only.
 *   <li>{@code thenXAsync} without an executor runs on the task's own thread pool, or for a process
 *       pool on callback threads of the parent; never on the common pool. {@code defaultExecutor}
 *       is that executor.
 *   <li>A worker that waits for a task of its own pool lends its place: the pool adds a temporary
 *       worker, so that nested waits end. There are 256 of them at most, or as many as workers in a
 *       larger pool of virtual threads.
 *   <li>{@code toString} gives the name in front of the words of the JDK, and in them {@code
 *       queued} or {@code running}, or the class of the failure.
 *   <li>{@code join}, {@code get} and {@code getNow} throw the {@code CancellationException} that
 *       the task was cancelled with, on every Java.
 *   <li>A failure that nobody observes is reported once: observers are {@code get}, {@code join},
 *       {@code resultNow}, {@code exceptionNow}, {@code handle}, {@code whenComplete}, {@code
 *       exceptionally}, {@link #onDone onDone} and callbacks that take the failure; any other stage
 *       passes the duty on to the derived task. Whoever obtrudes an outcome answers for it. The
 *       static {@code CompletableFuture.allOf} and {@code anyOf} ask a task for nothing, so they
 *       observe nothing; {@link Tasks#allOf Tasks.allOf} takes the duty over.
 * </ul>
 *
 * <p>A task keeps neither arguments nor target once it is done.
 *
 * <p><b>Threads:</b> thread-safe. What the run did happens-before what anybody does who saw the
 * task done. JDK stages run as in the JDK, on the thread that completes the task; {@link #onDone
 * onDone} says for itself.
 *
 * <p><b>Errors:</b> completes with what the method threw; {@link CancellationException} when it was
 * cancelled or its pool stopped; {@link TaskTimeoutException} at its time limit; {@link
 * WorkerCrashedException}, {@link WorkerStartException}, {@link BrokenPoolException}, {@link
 * TaskSerializationException} or {@link RemoteTaskException} from process pools; of these the last
 * two, {@link WorkerLostException} or {@link NoWorkerException} from cluster pools.
 *
 * <p>Only Poolwright's own pools extend this class.
 *
 * @param <T> the result
 */
public abstract class Task<T extends @Nullable Object> extends TaskStages<T> {

  /** For Poolwright's own pools. */
  protected Task() {}

  /**
   * Makes a task of no pool that has succeeded, for tests and for callers that have the result.
   *
   * <p>Stages derived from it belong to no pool either: {@code thenXAsync} without an executor runs
   * where the JDK runs it, a failure that nobody observes is not reported, and what a callback of
   * {@link #onDone} throws goes to the thread's handler of uncaught exceptions.
   *
   * @param result may be null
   * @param <T> the result
   * @return done, named {@code "completed"}
   */
  public static <T extends @Nullable Object> Task<T> completed(T result) {
    Task<T> task = FreeTask.named("completed");
    boolean unused = task.complete(result);
    return task;
  }

  /**
   * Makes a task of no pool that has failed, or was cancelled; otherwise as {@link #completed}.
   *
   * @param failure a {@link CancellationException} makes a cancelled task
   * @param <T> the result it does not have
   * @return done, named {@code "failed"}
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // As of CompletableFuture.failedFuture.
  public static <T extends @Nullable Object> Task<T> failed(Throwable failure) {
    Task<T> task = FreeTask.named("failed");
    boolean unused = task.completeExceptionally(failure);
    return task;
  }

  /**
   * Where the task is now. {@code SUCCEEDED}, {@code FAILED} and {@code CANCELLED} are final.
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
   * The name of what runs.
   *
   * @return class, method and parameter types as in {@code "Crawler.get(String)"}; of a derived
   *     stage, its source's name and {@code ".then"}, with the number of stages behind it from the
   *     second on: {@code ".then(2)"}
   */
  public abstract String name();

  /**
   * Runs a function once, when the task is done in whatever way. Several run in the order in which
   * they were added. For a task whose worker JVM had to be killed, they run after the process is
   * gone.
   *
   * <p><b>Threads:</b> runs on the worker thread that finished the task (for worker JVMs the thread
   * that drives the worker), on a callback thread when it ended without a worker, and on the
   * calling thread at once when the callbacks of the task have run already. What the function
   * throws is logged and disturbs nothing.
   *
   * @param callback gets this task, done
   * @return this task
   */
  @SuppressWarnings("exports") // an annotation that nobody else need have
  @CanIgnoreReturnValue
  public abstract Task<T> onDone(Consumer<? super Task<T>> callback);

  /**
   * Tells a listener how far the run is, as reported by {@link TaskContext#progress
   * TaskContext.progress}. Reports may be skipped in favour of later ones; of those before this
   * call it hears the latest.
   *
   * <p><b>Threads:</b> runs on a thread of the framework, never on two at once for one task. What
   * the listener throws is logged.
   *
   * @param listener gets each report
   * @return this task
   */
  @SuppressWarnings("exports") // an annotation that nobody else need have
  @CanIgnoreReturnValue
  public abstract Task<T> onProgress(Consumer<? super TaskProgress> listener);

  /**
   * The result, without waiting.
   *
   * @return the result
   * @throws IllegalStateException when the task is not done, failed or was cancelled
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
   * @return what the task failed with
   * @throws IllegalStateException when the task is not done, succeeded or was cancelled
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

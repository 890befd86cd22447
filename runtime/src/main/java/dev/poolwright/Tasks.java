package dev.poolwright;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.access.TaskAccess;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Functions over several tasks, of any pools, and over other {@link CompletableFuture}s.
 *
 * <p>A worker that waits here for a task of its own pool lends its place. A cancelled task is done
 * at once. Waiting observes no failure; looking at the task does.
 */
@SuppressWarnings("exports") // an annotation that nobody else need have
public final class Tasks {

  private Tasks() {}

  /**
   * The result of a wait.
   *
   * <p><b>Shape:</b> unmodifiable, in the order in which the tasks were given; a record, since each
   * task is in one of the two.
   *
   * @param done the futures that are done, in any way
   * @param notDone the others
   * @param <F> the kind of future
   */
  public record Waited<F extends CompletableFuture<?>>(Set<F> done, Set<F> notDone) {

    private static <F extends CompletableFuture<?>> Waited<F> of(Collection<F> futures) {
      Set<F> done = new LinkedHashSet<>();
      Set<F> notDone = new LinkedHashSet<>();
      for (F future : futures) {
        (future.isDone() ? done : notDone).add(future);
      }
      return new Waited<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }
  }

  /**
   * Waits without a time limit.
   *
   * @param tasks the tasks; duplicates count once
   * @param until the condition to wait for
   * @param <F> the kind of future
   * @return which tasks are done and which are not
   * @throws InterruptedException if the calling thread is interrupted
   */
  @CanIgnoreReturnValue
  public static <F extends CompletableFuture<?>> Waited<F> await(
      Collection<? extends F> tasks, WaitFor until) throws InterruptedException {
    return await(tasks, until, Nanos.MOST);
  }

  /**
   * Waits for a limited time. At the time limit it returns normally.
   *
   * @param tasks the tasks; duplicates count once
   * @param until the condition to wait for
   * @param timeout the maximum time to wait
   * @param <F> the kind of future
   * @return which tasks are done and which are not
   * @throws InterruptedException if the calling thread is interrupted
   */
  @CanIgnoreReturnValue
  public static <F extends CompletableFuture<?>> Waited<F> await(
      Collection<? extends F> tasks, WaitFor until, Duration timeout) throws InterruptedException {
    return await(tasks, until, Nanos.of(timeout));
  }

  private static <F extends CompletableFuture<?>> Waited<F> await(
      Collection<? extends F> tasks, WaitFor until, long timeoutNanos) throws InterruptedException {
    Set<F> all = new LinkedHashSet<>(tasks);
    Set<F> pending = new LinkedHashSet<>(all);
    if (areEnough(pending, until)) {
      return Waited.of(all);
    }
    Arrivals<F> arrivals = Arrivals.of(pending);
    try (Wait wait = arrivals.newWait(timeoutNanos)) {
      F next;
      do {
        next = arrivals.poll(wait);
      } while (next != null && !isEnough(next, pending, until));
    } finally {
      arrivals.close();
    }
    return Waited.of(all);
  }

  /** Drops those that are done, and says whether they end the wait. */
  private static <F extends CompletableFuture<?>> boolean areEnough(Set<F> pending, WaitFor until) {
    boolean isEnough = pending.isEmpty();
    for (F future : List.copyOf(pending)) {
      isEnough |= future.isDone() && isEnough(future, pending, until);
    }
    return isEnough;
  }

  @SuppressWarnings("CollectionUndefinedEquality") // Futures are equal when they are the same.
  private static <F extends CompletableFuture<?>> boolean isEnough(
      F done, Set<F> pending, WaitFor until) {
    pending.remove(done);
    return switch (until) {
      case FIRST_COMPLETED -> true;
      case FIRST_FAILURE -> pending.isEmpty() || hasFailed(done);
      case ALL_COMPLETED -> pending.isEmpty();
    };
  }

  private static boolean hasFailed(CompletableFuture<?> done) {
    return done.isCompletedExceptionally() && !done.isCancelled();
  }

  /**
   * The given tasks in the order in which they are done, beginning with those already done. {@code
   * next()} waits; an interrupt does not end that wait, and the flag is restored.
   *
   * @param tasks the tasks; duplicates count once
   * @param <F> the kind of future
   * @return an iterable that hands out each task once and then no longer holds it; always the same
   *     iterator
   */
  public static <F extends CompletableFuture<?>> Iterable<F> asCompleted(
      Collection<? extends F> tasks) {
    return once(new Completed<>(tasks, Nanos.MOST));
  }

  /**
   * Like {@link #asCompleted(Collection)}, with a time limit. After the limit, when every done task
   * was handed out, {@code next()} throws {@link WaitTimeoutException}, and there are no more.
   *
   * @param tasks the tasks; duplicates count once
   * @param timeout the time limit, counted from this call
   * @param <F> the kind of future
   * @return an iterable that hands out each task once and then no longer holds it; always the same
   *     iterator
   */
  public static <F extends CompletableFuture<?>> Iterable<F> asCompleted(
      Collection<? extends F> tasks, Duration timeout) {
    return once(new Completed<>(tasks, Nanos.of(timeout)));
  }

  private static <F extends CompletableFuture<?>> Iterable<F> once(Completed<F> completed) {
    return () -> completed;
  }

  /**
   * Combines tasks into one future of all their results. Unlike {@link CompletableFuture#allOf
   * CompletableFuture.allOf} it takes over their failures: the future fails with the first failure
   * in the order given and, like that of any task, this failure is reported if nobody observes it.
   * If several tasks fail, {@code join} throws a {@code CompletionException} with the first failure
   * as its cause and the others suppressed; the exceptions of the tasks themselves are not changed.
   *
   * @param tasks any number of tasks
   * @param <T> the result of a task
   * @return a future of the results in the order given; a {@link Task} if one of the futures is a
   *     task, named after the first one that has a pool
   */
  public static <T extends @Nullable Object> CompletableFuture<List<T>> allOf(
      Collection<? extends CompletableFuture<? extends T>> tasks) {
    List<CompletableFuture<? extends T>> all = List.copyOf(tasks);
    CompletableFuture<List<T>> sum = newSum(all);
    // Each is asked for itself, as by a stage, and so takes it that somebody answers for its
    // failure.
    CompletableFuture<?>[] asked =
        all.stream()
            .map(CompletableFuture::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    List<Runnable> ends = sum instanceof TaskAccess task ? leadsToEach(task, all) : List.of();
    CompletableFuture<?> unused =
        CompletableFuture.allOf(asked)
            .whenComplete(
                (none, failure) -> {
                  ends.forEach(Runnable::run);
                  end(sum, all);
                });
    return sum;
  }

  /** Lets whoever waits for a sum wait for each pool of its tasks. */
  private static List<Runnable> leadsToEach(
      TaskAccess sum, List<? extends CompletableFuture<?>> all) {
    List<Runnable> ends = new ArrayList<>();
    Set<Object> homes = new HashSet<>(Set.of(sum.home()));
    for (CompletableFuture<?> each : all) {
      if (each instanceof TaskAccess task && !each.isDone() && homes.add(task.home())) {
        Runnable end = sum.leadsTo(each);
        if (end != null) {
          ends.add(end);
        }
      }
    }
    return ends;
  }

  private static <T extends @Nullable Object> CompletableFuture<List<T>> newSum(
      List<CompletableFuture<? extends T>> all) {
    Task<?> like = null;
    for (CompletableFuture<? extends T> each : all) {
      if (each instanceof Task<?> task && (like == null || like instanceof FreeTask)) {
        like = task;
      }
    }
    return like == null ? new CompletableFuture<>() : like.newIncompleteFuture();
  }

  /** All are done. */
  private static <T extends @Nullable Object> void end(
      CompletableFuture<List<T>> sum, List<CompletableFuture<? extends T>> all) {
    try {
      settle(sum, all);
    } catch (RuntimeException | Error e) {
      boolean unused = sum.completeExceptionally(e); // A future of somebody's own, or a full heap.
    }
  }

  private static <T extends @Nullable Object> void settle(
      CompletableFuture<List<T>> sum, List<CompletableFuture<? extends T>> all) {
    List<T> results = new ArrayList<>(all.size());
    List<Throwable> failures = new ArrayList<>(0);
    for (CompletableFuture<? extends T> each : all) {
      if (each.isCompletedExceptionally()) {
        // In this call. To join it would ask the failure for its text.
        CompletableFuture<?> unused = each.handle((value, failure) -> failures.add(failure));
      } else {
        results.add(each.join());
      }
    }
    boolean unused =
        failures.isEmpty()
            ? sum.complete(Collections.unmodifiableList(results))
            : sum.completeExceptionally(first(failures));
  }

  /** The first failure, as it is; the others are suppressed in what wraps it, if there are any. */
  private static Throwable first(List<Throwable> failures) {
    Throwable first = ReadableFailure.unwrapped(failures.get(0));
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.add(first);
    CompletionException more = null;
    for (Throwable failure : failures) {
      Throwable its = ReadableFailure.unwrapped(failure);
      if (all.add(its)) {
        if (more == null) {
          more = new CompletionException("several tasks failed; the first is the cause", first);
        }
        more.addSuppressed(its);
      }
    }
    return more == null ? first : more;
  }
}

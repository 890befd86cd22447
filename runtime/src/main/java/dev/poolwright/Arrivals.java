package dev.poolwright;

import dev.poolwright.internal.access.TaskAccess;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Wait;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The futures of a set that are done, in the order in which they became so.
 *
 * <p><b>Threads:</b> futures arrive on the threads that complete them; one thread polls.
 *
 * @param <F> the kind of future
 */
final class Arrivals<F extends CompletableFuture<?>> {

  private final LinkedBlockingQueue<F> arrived = new LinkedBlockingQueue<>();

  // A listener cannot be taken off a future, but a stage of anyOf leaves all its sources once one
  // of them is done. So each stage has a second source of its own; one for all of them would have
  // to
  // look through those that are left each time that one goes.
  private final List<CompletableFuture<@Nullable Void>> offs = new ArrayList<>();

  private final Clock clock;

  private Arrivals(Clock clock) {
    this.clock = clock;
  }

  /**
   * That of the first task whose pools go by a time of their own; the system's if there is none.
   */
  private static Clock clockOf(Collection<? extends CompletableFuture<?>> futures) {
    for (CompletableFuture<?> future : futures) {
      if (future instanceof TaskAccess task && !task.clock().isSystem()) {
        return task.clock();
      }
    }
    return Clock.SYSTEM;
  }

  /** Watches futures until {@link #close}, or until nobody polls any more. */
  static <F extends CompletableFuture<?>> Arrivals<F> of(Collection<? extends F> futures) {
    Arrivals<F> arrivals = new Arrivals<>(clockOf(futures));
    WeakReference<Arrivals<F>> weak = new WeakReference<>(arrivals);
    for (F future : futures) {
      if (future.isDone()) {
        arrivals.arrived.add(future);
      } else {
        CompletableFuture<@Nullable Void> off = new CompletableFuture<>();
        arrivals.offs.add(off);
        watch(future, off, weak);
      }
    }
    return arrivals;
  }

  private static <F extends CompletableFuture<?>> void watch(
      F future, CompletableFuture<?> off, WeakReference<Arrivals<F>> weak) {
    CompletableFuture<?> unused =
        CompletableFuture.anyOf(future, off)
            .whenComplete(
                (value, failure) -> {
                  Arrivals<F> arrivals = weak.get();
                  if (arrivals != null && !off.isDone()) {
                    arrivals.arrived.add(future);
                  }
                });
  }

  /** The next one, if it has arrived. */
  @Nullable F poll() {
    return arrived.poll();
  }

  /** The point in time that lies so far ahead. */
  long deadline(long nanos) {
    return clock.deadline(nanos);
  }

  /** How far ahead a point in time lies. */
  long left(long deadline) {
    return clock.left(deadline);
  }

  /**
   * A wait of a worker that lends its place, once, when it waits for tasks of its own pool.
   *
   * @param nanos longest wait
   * @param awaited the futures that have not arrived
   */
  Wait newWait(long nanos, Collection<? extends CompletableFuture<?>> awaited) {
    return new Wait(clock, this, nanos, lendPlace(awaited));
  }

  /** Waits for the next one; null when the time is over. */
  @Nullable F poll(Wait wait) throws InterruptedException {
    return wait.poll(arrived);
  }

  /** Leaves the futures that have not arrived. */
  void close() {
    offs.forEach(off -> off.complete(null));
  }

  private static @Nullable Runnable lendPlace(Collection<? extends CompletableFuture<?>> awaited) {
    for (CompletableFuture<?> future : awaited) {
      if (future instanceof TaskAccess task) {
        Runnable giveBack = task.lendPlace();
        if (giveBack != null) {
          return giveBack;
        }
      }
    }
    return null;
  }
}

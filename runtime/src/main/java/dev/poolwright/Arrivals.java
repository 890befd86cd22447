package dev.poolwright;

import dev.poolwright.internal.access.TaskAccess;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Wait;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  // of them is done. So each stage has a second source of its own: one for all of them would look
  // through those that are left each time that one goes.
  private final List<CompletableFuture<@Nullable Void>> offs = new ArrayList<>();

  /** Tasks that have not been polled, by what those of one pool have in common. */
  private final Map<Object, Pending> pending = new LinkedHashMap<>();

  private final Clock clock;

  /** Those of one pool. */
  private static final class Pending {
    private final TaskAccess any;
    private int count;

    Pending(TaskAccess any) {
      this.any = any;
    }
  }

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
      if (future instanceof TaskAccess task && !(future instanceof FreeTask)) {
        arrivals.pending.computeIfAbsent(task.home(), home -> new Pending(task)).count++;
      }
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
    return polled(arrived.poll());
  }

  private @Nullable F polled(@Nullable F next) {
    if (next instanceof TaskAccess task) {
      Pending own = pending.get(task.home());
      if (own != null && --own.count == 0) {
        pending.remove(task.home());
      }
    }
    return next;
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
   * A wait of a worker that lends its place where it waits for tasks of its own pool, or of one
   * that waits for its own.
   *
   * @param nanos longest wait
   */
  Wait newWait(long nanos) {
    return new Wait(clock, this, nanos, lendPlace());
  }

  /** Waits for the next one; null when the time is over. */
  @Nullable F poll(Wait wait) throws InterruptedException {
    return polled(wait.poll(arrived));
  }

  /** Leaves the futures that have not arrived. */
  void close() {
    offs.forEach(off -> off.complete(null));
  }

  /** A wait for one pool, which leads to all others: so it lends one place at most. */
  private @Nullable Runnable lendPlace() {
    Iterator<Pending> all = pending.values().iterator();
    TaskAccess first = all.hasNext() ? all.next().any : null;
    Runnable giveBack = first == null ? null : first.lendPlace();
    if (first == null || giveBack == null) {
      return null;
    }
    List<Runnable> ends = new ArrayList<>(List.of(giveBack));
    all.forEachRemaining(each -> addIfAny(ends, first.leadsTo(each.any)));
    return () -> ends.forEach(Runnable::run);
  }

  private static void addIfAny(List<Runnable> ends, @Nullable Runnable end) {
    if (end != null) {
      ends.add(end);
    }
  }
}

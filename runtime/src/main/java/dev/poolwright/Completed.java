package dev.poolwright;

import dev.poolwright.internal.time.Wait;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are done. Confined to one thread at a time. What was handed
 * out is no longer held.
 *
 * @param <F> the kind of future
 */
final class Completed<F extends CompletableFuture<?>> implements Iterator<F> {

  private static final int YIELDS = 8;

  private final Set<F> unfinished;
  private final int total;
  private final Arrivals<F> arrivals;
  private final long deadlineNanos;

  Completed(Collection<? extends F> futures, long limitNanos) {
    this.unfinished = new LinkedHashSet<>(futures);
    this.total = unfinished.size();
    this.arrivals = Arrivals.of(unfinished);
    this.deadlineNanos = arrivals.deadline(limitNanos);
  }

  @Override
  public boolean hasNext() {
    return !unfinished.isEmpty();
  }

  @Override
  @SuppressWarnings("CollectionUndefinedEquality") // Futures are equal when they are the same.
  public F next() {
    if (unfinished.isEmpty()) {
      throw new NoSuchElementException("all " + total + " tasks were handed out");
    }
    F next = pollSoon();
    if (next == null) {
      next = await();
    }
    if (next == null) {
      WaitTimeoutException passed =
          new WaitTimeoutException(unfinished.size() + " (of " + total + ") tasks unfinished");
      unfinished.clear();
      arrivals.close();
      throw passed;
    }
    unfinished.remove(next);
    return next;
  }

  /** Gives the CPU away a few times, in case that one is about to end: a wait costs more. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed relies on it.
  private @Nullable F pollSoon() {
    F next = arrivals.poll();
    for (int looks = 0; next == null && looks < YIELDS; looks++) {
      Thread.yield();
      next = arrivals.poll();
    }
    return next;
  }

  private @Nullable F await() {
    long left = arrivals.left(deadlineNanos);
    try (Wait wait = arrivals.newWait(left)) {
      return wait.step(nanos -> arrivals.poll(wait));
    }
  }
}

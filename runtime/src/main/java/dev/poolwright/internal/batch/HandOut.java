package dev.poolwright.internal.batch;

import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the elements of a batch, each once: in input order, or in the order of their ends.
 *
 * <p><b>Threads:</b> confined to the thread that iterates, one at a time, but for the ends of
 * elements. Takes no lock of its own, and that of the feed once for each lot.
 *
 * @param <R> the result of one element
 */
final class HandOut<R extends @Nullable Object> {

  /**
   * A wait begins with a pause: elements that end faster than they are taken would otherwise wake
   * the thread that takes them one by one, which costs more than they do.
   */
  private static final long PAUSE_NANOS = 50_000;

  /** With fewer elements under way, those who end them would be idle during a pause. */
  private static final int WORTH_A_PAUSE = 64;

  private final Feed<R> feed;

  // The lot at hand, emptied from the front.
  private List<@Nullable ElementTask<R>> lot = List.of();
  private int taken;

  // Those that come before that lot, once somebody has asked for the ones that ended.
  private final Set<ElementTask<R>> linked = new LinkedHashSet<>();

  // Of those the ones that have ended, in that order, and perhaps some that were handed out.
  private final ArrayDeque<ElementTask<R>> byEnd = new ArrayDeque<>();

  // Whether ends are of interest. Whoever ends an element looks here once it is done.
  private volatile boolean areEndsWatched;

  // A stack through the elements that have ended meanwhile, by whoever ends them.
  private final AtomicReference<@Nullable ElementTask<?>> ends = new AtomicReference<>();

  // The thread that waits for another one there.
  private final AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();

  HandOut(Feed<R> feed) {
    this.feed = feed;
  }

  /** Whether anything is left to hand out: feeds, or waits for what is being fed. */
  boolean awaitNext() {
    boolean hasPaused = false;
    while (!hasAtHand()) {
      switch (feed.next(hasPaused)) {
        case TAKE -> {
          return true;
        }
        case STOP -> {
          return false;
        }
        case FEED -> feed.feed();
        case WAIT -> {
          if (!hasPaused) {
            pause(Nanos.MOST);
            hasPaused = true;
          }
        }
      }
    }
    return true;
  }

  private boolean hasAtHand() {
    return taken < lot.size() || !linked.isEmpty();
  }

  private void pause(long nanos) {
    if (feed.total().isPresent() || lot.size() - taken + linked.size() >= WORTH_A_PAUSE) {
      LockSupport.parkNanos(this, Math.min(PAUSE_NANOS, nanos));
    }
  }

  // ---- in input order

  /** The next element in input order; null when there is none. */
  @Nullable ElementTask<R> takeFirst() {
    if (!hasAtHand() && !awaitNext()) {
      return null;
    }
    if (areEndsWatched) {
      forgetEnds(); // Nobody would take from there those that are handed out here.
    }
    ElementTask<R> first = linked.isEmpty() ? pollLot() : pollLinked();
    return first == null ? feed.pollNeverFed() : first;
  }

  private ElementTask<R> pollLinked() {
    Iterator<ElementTask<R>> all = linked.iterator();
    ElementTask<R> first = all.next();
    all.remove();
    return first;
  }

  private @Nullable ElementTask<R> pollLot() {
    if (taken == lot.size()) {
      nextLot();
    }
    return taken < lot.size() ? lot.set(taken++, null) : null;
  }

  @SuppressWarnings("NullAway") // Places that were emptied are never looked at.
  private void nextLot() {
    List<ElementTask<R>> next = feed.pollLot();
    lot = next == null ? List.of() : next;
    taken = 0;
  }

  @SuppressWarnings("unchecked") // It is one of this batch.
  private ElementTask<R> mine(ElementTask<?> element) {
    return (ElementTask<R>) element;
  }

  /** Waits for the end of an element; false when the time is over. */
  boolean awaitDone(ElementTask<?> element, long nanos) {
    if (!element.isDone()) {
      pause(nanos);
    }
    return element.awaitDone(nanos);
  }

  // ---- in the order of their ends

  /** An element has ended. Called by whoever ended it. */
  void ended(ElementTask<?> element) {
    if (!areEndsWatched) {
      return;
    }
    ElementTask<?> before;
    do {
      before = ends.get();
      element.endedBefore = before;
    } while (!ends.compareAndSet(before, element));
    if (waiter.get() != null) {
      LockSupport.unpark(waiter.getAndSet(null));
    }
  }

  /**
   * The next element in the order of their ends; null when there is none, or not in time.
   *
   * @param deadlineNanos 0 for none
   */
  @Nullable ElementTask<R> takeEnded(long deadlineNanos) {
    if (!areEndsWatched) {
      watchEnds();
    }
    if (!awaitNext()) {
      return null;
    }
    ElementTask<R> first = pollEnded();
    if (first == null && link()) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
      first = awaitEnded(deadlineNanos == 0 ? Nanos.MOST : feed.left(deadlineNanos));
    }
    return first == null && linked.isEmpty() ? feed.pollNeverFed() : first;
  }

  /** Has those that end from here on come to the stack, and looks for those that have ended. */
  private void watchEnds() {
    areEndsWatched = true;
    boolean unused = link();
    for (ElementTask<R> element : linked) {
      if (element.isDone()) {
        byEnd.add(element);
      }
    }
  }

  /** Links what was fed meanwhile; whether there is anything to wait for. */
  private boolean link() {
    for (ElementTask<R> next; (next = pollLot()) != null; ) {
      linked.add(next);
    }
    return !linked.isEmpty();
  }

  /** The one that ended first; null when none has. */
  @SuppressWarnings("CollectionUndefinedEquality") // Each is equal to itself alone.
  private @Nullable ElementTask<R> pollEnded() {
    ElementTask<R> first;
    do {
      if (byEnd.isEmpty()) {
        takeEnds();
      }
      first = byEnd.poll();
    } while (first != null && !linked.remove(first));
    return first;
  }

  private void takeEnds() {
    ElementTask<?> last = ends.getAndSet(null);
    if (last != null) {
      boolean unused = link(); // What has ended was fed before.
    }
    ArrayDeque<ElementTask<R>> inOrder = new ArrayDeque<>();
    while (last != null) {
      inOrder.addFirst(mine(last));
      ElementTask<?> before = last.endedBefore;
      last.endedBefore = null;
      last = before;
    }
    byEnd.addAll(inOrder);
  }

  private void forgetEnds() {
    areEndsWatched = false;
    takeEnds();
    byEnd.clear();
  }

  private @Nullable ElementTask<R> awaitEnded(long nanos) {
    ElementTask<R> first;
    try (Wait wait = feed.newWait(nanos)) {
      boolean isInTime;
      do {
        waiter.set(Thread.currentThread());
        isInTime = wait.left() > 0;
        first = pollEnded();
        // A lock that is waited for on the way here may use up the signal of an end. Whoever gives
        // one has taken the waiter from its place before, and then there is something to look at.
        if (first == null && isInTime && link() && waiter.get() != null) {
          wait.park();
        }
      } while (first == null && isInTime && !linked.isEmpty());
    } finally {
      waiter.set(null);
    }
    return first;
  }

  /** Hands out nothing more. */
  void drop() {
    feed.drop();
    lot = List.of();
    taken = 0;
    forgetEnds();
    linked.clear();
  }
}

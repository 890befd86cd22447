package dev.poolwright.internal.batch;

import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.util.ArrayDeque;
import java.util.List;
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

  /** So many that are taken are kept behind one that is not. */
  private static final int MOST_TAKEN = 1_024;

  private final Feed<R> feed;

  // The lot at hand, emptied from the front.
  private List<@Nullable ElementTask<R>> lot = List.of();
  private int taken;

  // Those that come before that lot, once somebody has asked for the ones that ended. Some of them
  // may be taken already, but never the first; and how many are not.
  private final ArrayDeque<ElementTask<R>> linked = new ArrayDeque<>();
  private int untaken;

  // Of those the ones that have ended, in that order, and perhaps some that are taken.
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

  /** How many elements it refers to besides the lot at hand. */
  int kept() {
    return linked.size();
  }

  private boolean hasAtHand() {
    return taken < lot.size() || untaken > 0;
  }

  private void pause(long nanos) {
    if (feed.total().isPresent() || lot.size() - taken + untaken >= WORTH_A_PAUSE) {
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
    ElementTask<R> first = linked.peek();
    if (first == null) {
      first = pollLot();
      if (first != null) {
        first.isTaken = true; // It may end when ends are watched.
      }
    } else {
      take(first);
    }
    return first == null ? feed.pollNeverFed() : first;
  }

  /** Takes one of those that are linked. */
  private void take(ElementTask<R> element) {
    element.isTaken = true;
    untaken--;
    for (ElementTask<R> first; (first = linked.peek()) != null && first.isTaken; ) {
      linked.remove();
    }
    if (linked.size() > MOST_TAKEN + 2 * untaken) {
      linked.removeIf(each -> each.isTaken); // One that is slow does not keep all that come after.
    }
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
    return first == null && untaken == 0 ? feed.pollNeverFed() : first;
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
      untaken++;
    }
    return untaken > 0;
  }

  /** The one that ended first; null when none has. */
  private @Nullable ElementTask<R> pollEnded() {
    ElementTask<R> first;
    do {
      if (byEnd.isEmpty()) {
        takeEnds();
      }
      first = byEnd.poll();
    } while (first != null && first.isTaken);
    if (first != null) {
      take(first);
    }
    return first;
  }

  /** Goes on when those at hand are taken. */
  private void takeEnds() {
    ElementTask<?> last = ends.getAndSet(null);
    if (last != null) {
      boolean unused = link(); // What has ended was fed before.
    }
    while (last != null) {
      byEnd.addFirst(mine(last));
      ElementTask<?> before = last.endedBefore;
      last.endedBefore = null;
      last = before;
    }
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
      } while (first == null && isInTime && untaken > 0);
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
    untaken = 0;
  }
}

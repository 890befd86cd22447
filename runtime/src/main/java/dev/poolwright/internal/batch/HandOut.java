package dev.poolwright.internal.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the elements of a batch, each once.
 *
 * <p><b>Threads:</b> confined to the thread that iterates, one at a time, but for the ends of
 * elements. It shares the lock of the {@link FeedState}.
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

  private final BatchFeed<R> feed;
  private final BatchInputs<R> inputs;
  private final FeedState<R> state;
  private final boolean isSelfFed;
  private final BatchRoom room;
  private final Untaken<R> untaken;
  private final Clock clock;
  private final ReentrantLock lock;
  private final Condition changed;

  // Written under the lock: whether the end of each element is of interest.
  private volatile boolean areEndsWatched;

  HandOut(
      BatchFeed<R> feed,
      BatchInputs<R> inputs,
      FeedState<R> state,
      BatchRoom room,
      Untaken<R> untaken) {
    this.feed = feed;
    this.inputs = inputs;
    this.state = state;
    this.isSelfFed = inputs.size().isPresent();
    this.room = room;
    this.untaken = untaken;
    this.clock = inputs.site().pool().life().clock();
    this.lock = state.lock;
    this.changed = state.changed;
  }

  // ---- in input order

  /** Whether anything is left to hand out: feeds, or waits for what is being fed. */
  boolean awaitNext() {
    boolean hasPaused = false;
    while (!untaken.hasAtHand()) {
      FeedState.Next next = look(hasPaused);
      if (next == FeedState.Next.FEED) {
        feed.feed(false);
      } else if (next != null) {
        return next == FeedState.Next.TAKE;
      } else if (!hasPaused) {
        pause(Nanos.MOST);
        hasPaused = true;
      }
    }
    return true;
  }

  /** What is known of the next element, if need be after a wait; null when nothing is. */
  private FeedState.@Nullable Next look(boolean isToWait) {
    lock.lock();
    try {
      FeedState.Next now = state.next();
      if (now == null && isToWait) {
        boolean unused = awaitChange(Nanos.MOST);
        now = state.next();
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** The next element in input order; null when there is none. */
  @Nullable ElementTask<R> takeFirst() {
    ElementTask<R> first = untaken.pollAtHand();
    if (first != null || !awaitNext()) {
      return first;
    }
    lock.lock();
    try {
      first = untaken.pollFirst();
    } finally {
      lock.unlock();
    }
    return first == null ? takeNeverFed() : first;
  }

  /** An element for an input that was not fed before the batch was stopped; cancelled. */
  private @Nullable ElementTask<R> takeNeverFed() {
    Throwable why = state.pollNeverFed();
    return why == null ? null : inputs.never(why);
  }

  /** Waits for the end of an element; false when the time is over. */
  boolean awaitDone(ElementTask<?> element, long nanos) {
    if (!element.isDone()) {
      pause(nanos);
    }
    return element.awaitDone(nanos);
  }

  private void pause(long nanos) {
    if (isSelfFed || untaken.size() >= WORTH_A_PAUSE) {
      LockSupport.parkNanos(this, Math.min(PAUSE_NANOS, nanos));
    }
  }

  // ---- in the order of their ends

  /** An element has ended. */
  void ended(ElementTask<?> element) {
    if (areEndsWatched || !isSelfFed) {
      lock.lock();
      try {
        if (element.isOutside) {
          element.isOutside = false;
          untaken.outsideEnded();
        }
        untaken.ended(element);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * The next element in the order of their ends; null when there is none, or not in time.
   *
   * @param deadlineNanos 0 for none
   */
  @Nullable ElementTask<R> takeEnded(long deadlineNanos) {
    watchEnds();
    if (!awaitNext()) {
      return null;
    }
    ElementTask<R> ended = awaitEnded(0);
    if (ended == null) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
      ended = awaitEnded(deadlineNanos == 0 ? Nanos.MOST : clock.left(deadlineNanos));
    }
    return ended == null ? takeNeverFed() : ended;
  }

  private void watchEnds() {
    if (!areEndsWatched) {
      lock.lock();
      try {
        areEndsWatched = true;
        untaken.watchEnds();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable ElementTask<R> awaitEnded(long nanos) {
    long end = clock.deadline(nanos);
    lock.lock();
    try {
      ElementTask<R> ended;
      while ((ended = untaken.pollEnded()) == null && untaken.size() > 0) {
        long left = clock.left(end);
        if (left <= 0 || !awaitChange(left)) {
          return untaken.pollEnded();
        }
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  // ---- both

  /** Waits for a change; false when the time is over. */
  @GuardedBy("lock")
  private boolean awaitChange(long nanos) {
    boolean isInterrupted = false;
    long end = clock.deadline(nanos);
    Runnable giveBack = inputs.site().pool().lendPlace();
    try {
      while (true) {
        try {
          return clock.await(lock, changed, inputs.site().pool(), clock.left(end)) > 0;
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (giveBack != null) {
        giveBack.run();
      }
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An element that was handed out goes its own way; feeds if that makes room. */
  void handedOut(ElementTask<R> element) {
    if (isSelfFed) {
      return;
    }
    if (!element.isDone()) {
      lock.lock();
      try {
        // One that is done meanwhile has been here, or will be, and finds what is said.
        if (!element.isDone()) {
          element.isOutside = true;
          untaken.wentOutside();
        }
      } finally {
        lock.unlock();
      }
    }
    // In such a batch nobody else changes these.
    if (room.isLow(untaken.size())) {
      feed.feed(false);
    }
  }
}

package dev.poolwright.internal.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a batch share, under one lock: how far its feeding is, the chunks in flight,
 * and the inputs that are left.
 *
 * @param <R> the result of one element
 */
final class FeedState<R extends @Nullable Object> {

  /*
   * OPEN      nobody feeds; there may be more inputs.
   *           -> FEEDING  beginFeeding(), by the thread that is going to
   *           -> FED      exhaust(), by anybody
   * FEEDING   one thread takes inputs and submits them; another that wants to leaves it to that one.
   *           -> OPEN     finishFeeding(), by that thread
   *           -> LAST     took(), by that thread at the end of the inputs; exhaust(), by anybody
   * LAST      the same, and nothing will be fed afterwards.
   *           -> FED      finishFeeding(), by that thread
   * FED       chunks may be in flight.
   *           -> OVER     isOverNow(), by whoever finds none
   * OVER      every element has ended.
   */
  private enum Stage {
    OPEN,
    FEEDING,
    LAST,
    FED,
    OVER
  }

  /** What a thread that wants the next element is to do. */
  enum Next {
    TAKE,
    FEED,
    STOP
  }

  /**
   * How many elements have ended.
   *
   * @param done in whatever way
   * @param failed of them, or cancelled
   */
  record Figures(long done, long failed) {}

  private final BatchHome pool;
  private final boolean isSelfFed;
  private final Untaken<R> untaken;

  /** Guards what this object has, and what was not handed out. */
  final ReentrantLock lock = new ReentrantLock();

  /** Something was fed, has ended, or will never be. */
  final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private Stage stage;

  @GuardedBy("lock")
  private final BatchRoom room;

  @GuardedBy("lock")
  private final Set<ChunkTask> inFlight = new LinkedHashSet<>();

  @GuardedBy("lock")
  private int elementsInFlight;

  /** Elements that ended, apart from those in flight. */
  @GuardedBy("lock")
  private long done;

  @GuardedBy("lock")
  private long failed;

  /** Inputs that were not fed; known when the batch feeds itself. */
  @GuardedBy("lock")
  private long left;

  /** Why the rest was cancelled. */
  @GuardedBy("lock")
  private @Nullable Throwable stop;

  /** What the inputs threw, to be thrown in their place. */
  @GuardedBy("lock")
  private @Nullable Throwable inputFailure;

  /**
   * Before anything was fed.
   *
   * @param untaken empty; guarded by the lock of this object
   * @param left number of inputs, or -1 when the thread that iterates feeds
   */
  FeedState(BatchHome pool, BatchRoom room, Untaken<R> untaken, long left) {
    this.pool = pool;
    this.untaken = untaken;
    this.room = room;
    this.isSelfFed = left >= 0;
    this.left = Math.max(0, left);
    this.stage = left == 0 ? Stage.FED : Stage.OPEN;
  }

  // ---- feeding

  /**
   * Takes over the feeding.
   *
   * @param isFirst whether this is the call that makes the batch
   * @param fed elements that this thread has fed since it began
   * @return how many elements to take; 0 when there is no room, or another thread feeds
   */
  int beginFeeding(boolean isFirst, long fed) {
    lock.lock();
    try {
      int count = stage == Stage.OPEN ? roomNow(isFirst, fed) : 0;
      if (count <= 0) {
        return 0;
      }
      left -= isSelfFed ? count : 0;
      stage = Stage.FEEDING;
      return count;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private int roomNow(boolean isFirst, long fed) {
    long used = isSelfFed ? elementsInFlight : untaken.inBuffer();
    if (isFirst && !pool.isDirect()) {
      // The call takes as much as the buffer holds, however fast elements end meanwhile.
      used = Math.max(used, fed);
    }
    return room.next(isFirst, used, inFlight.size(), isSelfFed ? left : Long.MAX_VALUE);
  }

  /** Makes a lot known; returns why it is to be cancelled, if it is. */
  @Nullable Throwable took(
      ChunkTask chunk, List<ElementTask<R>> lot, boolean isMore, @Nullable Throwable failure) {
    lock.lock();
    try {
      if (!lot.isEmpty()) {
        inFlight.add(chunk);
        elementsInFlight += lot.size();
        untaken.add(lot);
        changed.signalAll();
      }
      if (failure != null) {
        inputFailure = failure;
      }
      if (!isMore || (isSelfFed && left == 0)) {
        stage = Stage.LAST;
      }
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the feeding to others; true when nothing is left to feed. */
  boolean finishFeeding() {
    lock.lock();
    try {
      stage = stage == Stage.FEEDING ? Stage.OPEN : Stage.FED;
      changed.signalAll();
      return stage == Stage.FED;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will be fed any more. */
  boolean isExhausted() {
    lock.lock();
    try {
      return stage.compareTo(Stage.LAST) >= 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes no more inputs; what was submitted goes on.
   *
   * @return false when that was so already, for another reason
   */
  boolean exhaust(Throwable why) {
    lock.lock();
    try {
      if (stop != null) {
        return false;
      }
      stop = why;
      if (stage == Stage.FEEDING) {
        stage = Stage.LAST;
      } else if (stage == Stage.OPEN) {
        stage = Stage.FED;
      }
      done += left;
      failed += left;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing more is fed, if it was stopped. */
  @Nullable Throwable stoppedBy() {
    lock.lock();
    try {
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** Those fed last come first, so that whoever ends them finds the queued ones still queued. */
  List<ChunkTask> inFlight() {
    lock.lock();
    try {
      List<ChunkTask> all = new ArrayList<>(inFlight);
      Collections.reverse(all);
      return all;
    } finally {
      lock.unlock();
    }
  }

  // ---- ends

  /** Every element of a chunk has ended, and its run. */
  void chunkOver(ChunkTask chunk) {
    lock.lock();
    try {
      if (inFlight.remove(chunk)) {
        elementsInFlight -= chunk.size();
        done += chunk.done();
        failed += chunk.failed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether every element has ended, and there will be no more; true once. */
  boolean isOverNow() {
    lock.lock();
    try {
      if (stage != Stage.FED || !inFlight.isEmpty()) {
        return false;
      }
      stage = Stage.OVER;
      return true;
    } finally {
      lock.unlock();
    }
  }

  Figures figures() {
    lock.lock();
    try {
      long allDone = done;
      long allFailed = failed;
      for (ChunkTask chunk : inFlight) {
        // One that fails after this look must not be counted as failed before it is as done.
        allFailed += chunk.failed();
        allDone += chunk.done();
      }
      return new Figures(allDone, Math.min(allDone, allFailed));
    } finally {
      lock.unlock();
    }
  }

  // ---- what is left

  /** What a thread that wants the next element is to do; null to wait for a change. */
  @Nullable Next next() {
    lock.lock();
    try {
      if (untaken.size() > 0 || inputFailure != null) {
        return Next.TAKE;
      }
      if (stage == Stage.FED || stage == Stage.OVER) {
        return stop != null && left > 0 ? Next.TAKE : Next.STOP;
      }
      boolean isToFeed = !isSelfFed && stage == Stage.OPEN && roomNow(false, 0) > 0;
      return isToFeed ? Next.FEED : null;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an input that was not fed before the batch was stopped; why it was, or null for none. */
  @Nullable Throwable pollNeverFed() {
    lock.lock();
    try {
      if (stop == null || left == 0 || untaken.size() > 0) {
        return null;
      }
      left--;
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** What the inputs threw, once everything before it was handed out. */
  @Nullable Throwable takeInputFailure() {
    lock.lock();
    try {
      Throwable failure = inputFailure;
      inputFailure = null;
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was not handed out. */
  void drop() {
    lock.lock();
    try {
      untaken.clear();
      left = 0;
      inputFailure = null;
    } finally {
      lock.unlock();
    }
  }
}

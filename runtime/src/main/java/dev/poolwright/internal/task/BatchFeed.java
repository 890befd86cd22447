package dev.poolwright.internal.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the inputs of a batch to its pool, chunk by chunk, never more than the buffer holds.
 *
 * <p>A batch whose inputs are at hand feeds itself: its buffer bounds what is submitted and not
 * done, and each chunk that is over feeds the next. Otherwise the buffer bounds what is not handed
 * out, or not done, and the thread that iterates feeds. One thread feeds at a time; another that
 * wants to leaves it to that one.
 *
 * @param <R> the result of one element
 */
final class BatchFeed<R extends @Nullable Object> {

  private final BatchInputs<R> inputs;
  private final EnginePool pool;
  private final TaskSite chunkSite;
  private final OptionalInt buffer;
  private final ChunkSizes sizes;
  private final int workers;
  private final boolean isSelfFed;
  private final BatchListener listener;
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();

  private final ReentrantLock lock = new ReentrantLock();

  /** Something was fed, has ended, or will never be. */
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Untaken<R> untaken = new Untaken<>();

  @GuardedBy("lock")
  private final Set<ChunkTask> inFlight = new LinkedHashSet<>();

  @GuardedBy("lock")
  private int elementsInFlight;

  /** Handed out before they were done, and not done yet. */
  @GuardedBy("lock")
  private int outside;

  /** Inputs that were not fed; known when it feeds itself. */
  @GuardedBy("lock")
  private long left;

  @GuardedBy("lock")
  private boolean isFeeding;

  /** Nothing more will be fed. */
  @GuardedBy("lock")
  private boolean isExhausted;

  @GuardedBy("lock")
  private boolean isOverTold;

  /** Why the rest was cancelled. */
  @GuardedBy("lock")
  private @Nullable Throwable stop;

  /** What the inputs threw, to be thrown in their place. */
  @GuardedBy("lock")
  private @Nullable Throwable inputFailure;

  // Written under the lock: how many were not handed out, for a look without the lock.
  private volatile int untakenSize;

  // Written under the lock: when a batch that is fed by the thread that iterates is worth feeding.
  private volatile int lowWater = Integer.MAX_VALUE;

  // Written under the lock: whether the end of each element is of interest.
  private volatile boolean areEndsWatched;

  BatchFeed(
      BatchInputs<R> inputs, OptionalInt chunkSize, OptionalInt buffer, BatchListener listener) {
    this.inputs = inputs;
    this.pool = inputs.site().pool();
    this.chunkSite = inputs.site().bare();
    this.buffer = buffer;
    this.workers = pool.settings().maxWorkers();
    // A stage leaves its worker at once, so that its time says nothing of its cost.
    OptionalInt fixed =
        chunkSize.isEmpty() && inputs.site().isStage() ? OptionalInt.of(1) : chunkSize;
    this.sizes = new ChunkSizes(fixed, buffer, workers);
    this.isSelfFed = inputs.size().isPresent();
    this.left = inputs.size().orElse(0);
    this.isExhausted = isSelfFed && left == 0;
    this.listener = listener;
  }

  /** Told of what happens to the elements. Must not block. */
  interface BatchListener {
    /** An element has ended. */
    void elementEnded(ElementTask<?> element, Outcome outcome);

    /** Every element has ended, and there will be no more. */
    void allEnded();
  }

  // ---- feeding

  /** Feeds for the first time, in the call that makes the batch; throws what the inputs throw. */
  void start() {
    if (inputs.size().orElse(0) > 0) {
      pool.admitBatch(this, chunkSite);
    }
    try {
      feed(true);
      Throwable failure = takeInputFailure();
      if (failure != null) {
        throw BatchFeed.<RuntimeException>sneaky(failure);
      }
    } catch (Throwable e) {
      stop(new CancellationException("the call that maps failed"));
      throw e;
    }
    if (isExhausted()) {
      endIfOver();
    } else if (isSelfFed) {
      feedOffThread();
    }
  }

  // Iterators cannot declare what the inputs of a batch may throw.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  private void feedOffThread() {
    pool.engine().callbackThreads().execute(() -> feed(false));
  }

  /** Feeds while there is room; the first time no more than the buffer holds at first. */
  void feed(boolean isFirst) {
    long fed = 0;
    int count;
    while ((count = beginFeeding(isFirst, fed)) > 0) {
      fed += count;
      List<ElementTask<R>> lot = new ArrayList<>(count);
      boolean isMore = false;
      Throwable failure = null;
      try {
        isMore = inputs.take(count, lot);
      } catch (Throwable e) {
        failure = e;
      }
      ChunkTask chunk = new ChunkTask(chunkSite, this, lot);
      Throwable stopped = endFeeding(chunk, lot, isMore, failure);
      try {
        if (stopped != null) {
          chunk.endAll(stopped);
        } else if (!lot.isEmpty()) {
          submit(chunk, isFirst);
        }
      } finally {
        finishFeeding();
      }
    }
  }

  /** How many elements the calling thread is to feed now. */
  private int beginFeeding(boolean isFirst, long fed) {
    lock.lock();
    try {
      if (isFeeding || isExhausted) {
        return 0;
      }
      boolean isCall = isFirst && !pool.isDirect();
      int chunk = isFirst ? sizes.first() : sizes.next(isSelfFed ? left : Long.MAX_VALUE);
      long bound = buffer.isPresent() ? buffer.getAsInt() : 2L * workers * chunk;
      chunk = (int) Math.min(chunk, bound);
      long used = isSelfFed ? elementsInFlight : untaken.size() + (long) outside;
      long count = Math.min(chunk, bound - (isCall ? Math.max(used, fed) : used));
      lowWater = (int) Math.min(Integer.MAX_VALUE, bound - chunk);
      if (count <= 0 || (count < chunk && !isSelfFed && !isFirst)) {
        return 0;
      }
      if (isSelfFed) {
        count = Math.min(count, left);
        left -= count;
      }
      isFeeding = true;
      return (int) count;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a lot known; returns why it is to be cancelled, if it is. */
  private @Nullable Throwable endFeeding(
      ChunkTask chunk, List<ElementTask<R>> lot, boolean isMore, @Nullable Throwable failure) {
    lock.lock();
    try {
      if (!lot.isEmpty()) {
        inFlight.add(chunk);
        elementsInFlight += lot.size();
        untaken.add(lot);
        untakenSize = untaken.size();
        changed.signalAll();
      }
      if (failure != null) {
        inputFailure = failure;
      }
      isExhausted |= !isMore || (isSelfFed && left == 0);
      return stop;
    } finally {
      lock.unlock();
    }
  }

  private void submit(ChunkTask chunk, boolean isFirst) {
    try {
      pool.submitChunk(chunk, isSelfFed);
    } catch (Throwable e) {
      exhaust(e);
      chunk.endAll(e);
      if (isFirst) {
        throw e;
      }
    }
  }

  private void finishFeeding() {
    boolean isFed;
    lock.lock();
    try {
      isFeeding = false;
      isFed = isExhausted;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isFed) {
      pool.fed(this);
      endIfOver();
    }
  }

  // ---- ends

  void measured(int elements, long nanos) {
    sizes.measured(elements, nanos);
  }

  /** An element is about to end. */
  void count(Outcome outcome) {
    done.increment();
    if (outcome != Outcome.SUCCEEDED) {
      failed.increment();
    }
  }

  /** An element has ended. */
  void ended(ElementTask<?> element, Outcome outcome) {
    if (areEndsWatched) {
      lock.lock();
      try {
        untaken.ended(element);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    listener.elementEnded(element, outcome);
  }

  /** Every element of a chunk has ended, and its run. */
  void chunkOver(ChunkTask chunk) {
    lock.lock();
    try {
      if (inFlight.remove(chunk)) {
        elementsInFlight -= chunk.size();
      }
      if (isExhausted && !isFeeding && !isSelfFed) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (isSelfFed && !isExhausted()) {
      if (pool.isDirect() || pool.engine().isInsider()) {
        feed(false);
      } else {
        feedOffThread();
      }
    }
    endIfOver();
  }

  private boolean isExhausted() {
    lock.lock();
    try {
      return isExhausted;
    } finally {
      lock.unlock();
    }
  }

  private void endIfOver() {
    boolean isOver;
    lock.lock();
    try {
      isOver = isExhausted && !isFeeding && inFlight.isEmpty() && !isOverTold;
      isOverTold |= isOver;
    } finally {
      lock.unlock();
    }
    if (isOver) {
      listener.allEnded();
    }
  }

  /** Takes no more inputs; what was submitted goes on. */
  private boolean exhaust(Throwable why) {
    boolean isFed;
    lock.lock();
    try {
      if (stop != null) {
        return false;
      }
      stop = why;
      isExhausted = true;
      isFed = !isFeeding;
      done.add(left);
      failed.add(left);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isFed) {
      pool.fed(this);
    }
    return true;
  }

  /**
   * Takes no more inputs, and ends every element that is not done.
   *
   * @return false when that was so already
   */
  boolean stop(Throwable why) {
    boolean isFirst = exhaust(why);
    List<ChunkTask> chunks;
    lock.lock();
    try {
      chunks = List.copyOf(inFlight);
    } finally {
      lock.unlock();
    }
    chunks.forEach(chunk -> chunk.endAll(why));
    endIfOver();
    return isFirst;
  }

  // ---- handing out

  /** Whether anything is left to hand out: feeds, or waits for what is being fed. */
  boolean awaitNext() {
    while (untakenSize == 0) {
      lock.lock();
      try {
        if (untaken.size() > 0 || inputFailure != null) {
          return true;
        }
        if (isExhausted && !isFeeding) {
          return stop != null && left > 0;
        }
        if (isSelfFed || isFeeding || outside > 0) {
          awaitChange(Long.MAX_VALUE);
        }
      } finally {
        lock.unlock();
      }
      if (!isSelfFed) {
        feed(false);
      }
    }
    return true;
  }

  /** Waits for a change. Under the lock; false when the time is over. */
  @GuardedBy("lock")
  private boolean awaitChange(long nanos) {
    boolean isInterrupted = false;
    long end = System.nanoTime() + Math.min(nanos, Long.MAX_VALUE >> 1);
    Runnable giveBack = pool.lendPlace();
    try {
      while (true) {
        try {
          return changed.awaitNanos(end - System.nanoTime()) > 0;
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

  /** The next element in input order; null when there is none. */
  @Nullable ElementTask<R> takeFirst() {
    if (!awaitNext()) {
      return null;
    }
    lock.lock();
    try {
      ElementTask<R> first = untaken.pollFirst();
      untakenSize = untaken.size();
      return first == null ? neverFed() : first;
    } finally {
      lock.unlock();
    }
  }

  /** An element for an input that was not fed before the batch was stopped; cancelled. */
  @GuardedBy("lock")
  private @Nullable ElementTask<R> neverFed() {
    if (stop == null || left == 0) {
      return null;
    }
    left--;
    return inputs.never(stop);
  }

  /** The next element in the order of their ends; null when there is none, or not in time. */
  @Nullable ElementTask<R> takeEnded(long deadlineNanos) {
    lock.lock();
    try {
      areEndsWatched = true;
      untaken.watchEnds();
    } finally {
      lock.unlock();
    }
    while (awaitNext()) {
      lock.lock();
      try {
        ElementTask<R> ended = untaken.pollEnded();
        untakenSize = untaken.size();
        if (ended != null) {
          return ended;
        }
        if (untaken.size() == 0) {
          return neverFed();
        }
        long time = deadlineNanos == 0 ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
        if (!awaitChange(time)) {
          return null;
        }
      } finally {
        lock.unlock();
      }
    }
    return null;
  }

  /** An element that was handed out goes its own way; feeds if that makes room. */
  void handedOut(ElementTask<R> element) {
    if (isSelfFed) {
      return;
    }
    if (!element.isDone()) {
      lock.lock();
      try {
        outside++;
      } finally {
        lock.unlock();
      }
      element.whenDone(this::outsideEnded);
    }
    if (untakenSize <= lowWater) {
      feed(false);
    }
  }

  private void outsideEnded() {
    lock.lock();
    try {
      outside--;
      changed.signalAll();
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

  /** Hands out nothing more. */
  void drop() {
    lock.lock();
    try {
      untaken.clear();
      untakenSize = 0;
      left = 0;
      inputFailure = null;
    } finally {
      lock.unlock();
    }
  }

  // ---- figures

  long done() {
    return done.sum();
  }

  long failed() {
    return failed.sum();
  }

  OptionalLong total() {
    return inputs.size();
  }
}

package dev.poolwright.internal.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.VirtualThreads;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.time.Wait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the inputs of a batch to its pool, lot by lot, never more than the buffer holds, and ends
 * what is left when the batch is stopped.
 *
 * <p>A batch whose inputs are at hand feeds itself: its buffer bounds what is submitted and not
 * done, and each chunk that is over feeds the next. Otherwise the thread that iterates feeds, and
 * the buffer bounds what is not handed out, or not done.
 *
 * <p><b>Threads:</b> thread-safe.
 *
 * @param <R> the result of one element
 */
public final class Feed<R extends @Nullable Object> implements ChunkTask.Source {

  /** Told of what happens to the elements. Must not block. */
  interface Listener {
    /** An element has ended. */
    void elementEnded(ElementTask<?> element, Outcome outcome);

    /** Every element has ended, and there will be no more. */
    void allEnded();
  }

  /*
   * OPEN      nobody feeds; there may be more inputs.
   *           -> FEEDING  beginFeeding(), by the thread that is going to
   *           -> FED      exhaust(), by anybody
   * FEEDING   one thread takes inputs and submits them; another that wants to leaves it to that one.
   *           -> OPEN     endFeeding(), by that thread
   *           -> LAST     took(), by that thread at the end of the inputs; exhaust(), by anybody
   * LAST      the same, and nothing will be fed afterwards.
   *           -> FED      endFeeding(), by that thread
   * FED       chunks may be in flight.
   *           -> OVER     endIfOver(), by whoever finds none
   * OVER      every element has ended.
   */
  private enum Stage {
    OPEN,
    FEEDING,
    LAST,
    FED,
    OVER
  }

  /** What the thread that iterates is to do for the next element. */
  enum Next {
    TAKE,
    FEED,
    WAIT,
    STOP
  }

  private final BatchInputs<R> inputs;
  private final BatchHome pool;
  private final TaskSite chunkSite;
  private final ChunkSizes sizes;
  private final OptionalInt buffer;
  private final int workers;
  private final boolean isSelfFed;
  private final Listener listener;

  private final ReentrantLock lock = VirtualThreads.lock();

  /** Something was fed, has ended, or will never be. */
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private Stage stage;

  @GuardedBy("lock")
  private final Set<ChunkTask> inFlight = new LinkedHashSet<>();

  @GuardedBy("lock")
  private int elementsInFlight;

  /** Elements that ended, apart from those in flight. */
  @GuardedBy("lock")
  private long done;

  @GuardedBy("lock")
  private long failed;

  /**
   * Inputs that were not fed; known when the batch feeds itself. Otherwise none, and one for
   * whatever a stop keeps from being taken, so that nobody takes it for the end of the inputs.
   */
  @GuardedBy("lock")
  private long left;

  /** Why the rest was cancelled. */
  @GuardedBy("lock")
  private @Nullable Throwable stop;

  /** What the inputs threw, to be thrown in their place. */
  @GuardedBy("lock")
  private @Nullable Throwable inputFailure;

  /** Lots that the thread that iterates has not taken. */
  @GuardedBy("lock")
  private final ArrayDeque<List<ElementTask<R>>> lots = new ArrayDeque<>();

  /** Elements that were handed out before they were done, and are not done yet. */
  @GuardedBy("lock")
  private int outside;

  /** Elements that were not handed out; known where the thread that iterates feeds. */
  @GuardedBy("lock")
  private long inside;

  /** With so many elements in the buffer, or fewer, there is room for another chunk. */
  @GuardedBy("lock")
  private long lowWater = Long.MAX_VALUE;

  Feed(BatchInputs<R> inputs, OptionalInt chunkSize, OptionalInt buffer, Listener listener) {
    this.inputs = inputs;
    this.pool = inputs.home();
    this.chunkSite = inputs.site().bare();
    this.buffer = buffer;
    this.workers = pool.maxWorkers();
    // A stage leaves its worker at once, so that its time says nothing of its cost; and it keeps
    // the worker's place, of which a chunk has but one.
    boolean isOneByOne = inputs.site().isStage() && (chunkSize.isEmpty() || pool.leavesStages());
    OptionalInt fixed = isOneByOne ? OptionalInt.of(1) : chunkSize;
    this.sizes = new ChunkSizes(fixed, buffer, workers);
    this.isSelfFed = inputs.size().isPresent();
    this.left = inputs.size().orElse(0);
    this.stage = isSelfFed && left == 0 ? Stage.FED : Stage.OPEN;
    this.listener = listener;
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
        throw ReadableFailure.<RuntimeException>sneaky(failure);
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

  private void feedOffThread() {
    pool.feedThreads().execute(() -> feed(false));
  }

  /** Feeds while there is room; the first time no more than the buffer holds at first. */
  private void feed(boolean isFirst) {
    long fed = 0;
    int count;
    while ((count = beginFeeding(isFirst, fed)) > 0) {
      fed += count;
      List<ElementTask<R>> lot = new ArrayList<>(Math.min(count, ChunkSizes.MOST));
      boolean isMore = false;
      Throwable failure = null;
      try {
        isMore = inputs.take(count, lot);
      } catch (Throwable e) {
        failure = e;
      }
      ChunkTask chunk = new ChunkTask(chunkSite, this, lot);
      int size = lot.size();
      Throwable stopped = took(chunk, lot, isMore, failure);
      try {
        if (stopped != null) {
          pool.countRefused(size);
          chunk.endAll(stopped);
        } else if (size > 0) {
          submit(chunk, isFirst);
        }
      } finally {
        if (endFeeding()) {
          pool.fed(this);
          endIfOver();
        }
      }
    }
  }

  private void submit(ChunkTask chunk, boolean isFirst) {
    try {
      pool.submitChunk(chunk, isSelfFed);
    } catch (Throwable e) {
      // A stop refuses chunks a moment before it stops whoever feeds them.
      Throwable why = pool.isStopped() ? pool.stopped() : e;
      boolean unused = exhaust(why);
      pool.countRefused(chunk.size());
      chunk.endAll(why);
      if (isFirst) {
        throw e;
      }
    }
  }

  /**
   * Takes over the feeding.
   *
   * @param isFirst whether this is the call that makes the batch
   * @param fed elements that this thread has fed since it began
   * @return how many elements to take; 0 when there is no room, or another thread feeds
   */
  private int beginFeeding(boolean isFirst, long fed) {
    lock.lock();
    try {
      int count = stage == Stage.OPEN ? room(isFirst, fed) : 0;
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

  /** The size of the next lot: what the buffer still holds, in whole chunks; 0 or less for none. */
  @GuardedBy("lock")
  private int room(boolean isFirst, long fed) {
    long used = isSelfFed ? elementsInFlight : inside + outside;
    if (isFirst && !pool.isDirect()) {
      // The call takes as much as the buffer holds, however fast elements end meanwhile.
      used = Math.max(used, fed);
    }
    long inputsLeft = isSelfFed ? left : Long.MAX_VALUE;
    int chunk = isFirst ? sizes.first() : sizes.next(inputsLeft);
    long most = buffer.isPresent() ? buffer.getAsInt() : 2L * workers * chunk;
    chunk = (int) Math.min(chunk, most);
    lowWater = most - chunk;
    long count = Math.min(chunk, most - used);
    // A thread that iterates makes room one by one, and a chunk that is over the room of its size;
    // yet chunks are to be whole, unless a worker would have to wait for its next.
    boolean isTooLittle = count < chunk && !isFirst && (!isSelfFed || inFlight.size() > workers);
    return isTooLittle ? 0 : (int) Math.min(count, inputsLeft);
  }

  /**
   * Makes a lot known, whose list nobody else uses; returns why it is to be cancelled, if it is.
   */
  private @Nullable Throwable took(
      ChunkTask chunk, List<ElementTask<R>> lot, boolean isMore, @Nullable Throwable failure) {
    lock.lock();
    try {
      if (!lot.isEmpty()) {
        inFlight.add(chunk);
        elementsInFlight += lot.size();
        lots.add(lot);
        inside += isSelfFed ? 0 : lot.size();
        changed.signalAll();
      }
      if (failure != null) {
        inputFailure = failure;
      }
      if (!isMore || (isSelfFed && left == 0)) {
        stage = Stage.LAST;
      }
      if (!isMore && !isSelfFed) {
        left = 0;
      }
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the feeding to others; true when nothing is left to feed. */
  private boolean endFeeding() {
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
  private boolean isExhausted() {
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
  private boolean exhaust(Throwable why) {
    lock.lock();
    try {
      if (stop != null) {
        return false;
      }
      stop = why;
      if (!isSelfFed) {
        inputs.stop(); // Those at hand are counted as taken already.
      }
      done += left;
      failed += left;
      if (stage == Stage.FEEDING || stage == Stage.OPEN) {
        left = isSelfFed ? left : 1;
        stage = stage == Stage.FEEDING ? Stage.LAST : Stage.FED;
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  // ---- ends

  @Override
  public void measured(int elements, long nanos) {
    sizes.measured(elements, nanos);
  }

  @Override
  public void ended(ElementTask<?> element, Outcome outcome) {
    if (element.isOutside) {
      outsideEnded(element);
    }
    listener.elementEnded(element, outcome);
  }

  private void outsideEnded(ElementTask<?> element) {
    lock.lock();
    try {
      if (element.isOutside) {
        element.isOutside = false;
        outside--;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void chunkOver(ChunkTask chunk) {
    boolean isToFeed;
    lock.lock();
    try {
      if (inFlight.remove(chunk)) {
        elementsInFlight -= chunk.size();
        done += chunk.done();
        failed += chunk.failed();
      }
      isToFeed = isSelfFed && !isExhausted();
    } finally {
      lock.unlock();
    }
    if (isToFeed) {
      if (pool.isDirect() || pool.life().isOwnThread()) {
        feed(false);
      } else {
        feedOffThread();
      }
    }
    endIfOver();
  }

  private void endIfOver() {
    lock.lock();
    try {
      if (stage != Stage.FED || !inFlight.isEmpty()) {
        return;
      }
      stage = Stage.OVER;
    } finally {
      lock.unlock();
    }
    pool.fed(this);
    listener.allEnded();
  }

  /**
   * Takes no more inputs, and ends every element that is not done.
   *
   * @return false when that was so already
   */
  public boolean stop(Throwable why) {
    boolean isFirst = exhaust(why);
    List<ChunkTask> all;
    lock.lock();
    try {
      all = new ArrayList<>(inFlight);
    } finally {
      lock.unlock();
    }
    // Those fed last come first, so that whoever ends them finds the queued ones still queued.
    Collections.reverse(all);
    all.forEach(chunk -> chunk.endAll(why));
    endIfOver();
    return isFirst;
  }

  /** Why it was stopped, if it was; known before the first element ends for that. */
  @Nullable Throwable stoppedBy() {
    lock.lock();
    try {
      return stop;
    } finally {
      lock.unlock();
    }
  }

  ElementCounts counts() {
    lock.lock();
    try {
      long allDone = done;
      long allFailed = failed;
      for (ChunkTask chunk : inFlight) {
        // One that fails after this look must not be counted as failed before it is as done.
        allFailed += chunk.failed();
        allDone += chunk.done();
      }
      return new ElementCounts(allDone, Math.min(allDone, allFailed));
    } finally {
      lock.unlock();
    }
  }

  /** The number of elements, where it is known. */
  OptionalLong total() {
    return inputs.size();
  }

  // ---- for the thread that iterates

  /** What it is to do for the next element, if need be after a wait. */
  Next next(boolean isToWait) {
    lock.lock();
    try {
      Next now = next();
      if (now == Next.WAIT && isToWait) {
        try (Wait wait = newWait(Nanos.MOST)) {
          boolean unused = wait.step(lock, changed);
        }
        now = next();
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** A wait in which a worker lends its place. */
  Wait newWait(long nanos) {
    return new Wait(pool.life().clock(), pool, nanos, pool.lendPlace());
  }

  /** How far ahead a point in time lies. */
  long left(long deadline) {
    return pool.life().clock().left(deadline);
  }

  @GuardedBy("lock")
  private Next next() {
    if (!lots.isEmpty() || inputFailure != null) {
      return Next.TAKE;
    }
    if (stage == Stage.FED || stage == Stage.OVER) {
      return stop != null && left > 0 ? Next.TAKE : Next.STOP;
    }
    boolean isToFeed = !isSelfFed && stage == Stage.OPEN && room(false, 0) > 0;
    return isToFeed ? Next.FEED : Next.WAIT;
  }

  /** Feeds as much as there is room for, unless another thread does. */
  void feed() {
    feed(false);
  }

  /** Takes the elements that were fed first; null when there are none. */
  @Nullable List<ElementTask<R>> pollLot() {
    lock.lock();
    try {
      return lots.poll();
    } finally {
      lock.unlock();
    }
  }

  /** An element for an input that was not fed before the batch was stopped; cancelled. */
  @Nullable ElementTask<R> pollNeverFed() {
    Throwable why;
    lock.lock();
    try {
      if (stop == null || left == 0) {
        return null;
      }
      left--;
      why = stop;
    } finally {
      lock.unlock();
    }
    return inputs.never(why);
  }

  /** An element goes its own way; feeds if that makes room. */
  void handedOut(ElementTask<R> element) {
    if (isSelfFed) {
      return;
    }
    boolean isToFeed;
    lock.lock();
    try {
      inside--;
      if (!element.isDone()) {
        element.isOutside = true;
        outside++;
        if (element.isDone()) {
          outsideEnded(element); // Whoever ended it may not have seen that.
        }
      }
      isToFeed = inside + outside <= lowWater;
    } finally {
      lock.unlock();
    }
    if (isToFeed) {
      feed();
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

  /** Has nothing more to hand out. */
  void drop() {
    lock.lock();
    try {
      lots.clear();
      left = 0;
      inputFailure = null;
    } finally {
      lock.unlock();
    }
  }
}

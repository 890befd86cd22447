package dev.poolwright.internal.batch;

import dev.poolwright.TaskStatus;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several elements of a batch that one worker takes at once. It stands for them in the queue, and
 * counts in no statistics; its own future only says that the worker is through with it.
 *
 * <p>A pool that does not run it by {@link #run} takes it as it takes a task: {@link #begin}, then
 * each of the {@link #elements} from its {@code begin} to its {@code runEnded}, {@link #measured},
 * {@link #runIsOver}. An element that does not begin was cancelled.
 */
public final class ChunkTask extends PoolTask<@Nullable Object> {

  /** Where elements come from, which is told of them. Must not block. */
  interface Source {
    /** So many elements ran so long together. */
    void measured(int elements, long nanos);

    /** An element has ended. */
    void ended(ElementTask<?> element, Outcome outcome);

    /** Every element of a chunk has ended, and its run. */
    void chunkOver(ChunkTask chunk);
  }

  private final Source feed;

  // A slot is emptied when its element is over, so that the chunk keeps no results.
  private final AtomicReferenceArray<@Nullable ElementTask<?>> slots;

  // Elements that are not over, and one for the run of the chunk itself. What ends on the thread
  // that runs the chunk is taken off at the end of the run.
  private final AtomicInteger left;

  // Elements that were counted as ended: by the thread that runs the chunk, which alone writes the
  // first, and by others; and how many of both did not succeed.
  private final AtomicInteger doneHere = new AtomicInteger();
  private final AtomicInteger doneElsewhere = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  // The thread that runs the chunk, from begin() to ended(); it alone compares equal to it.
  private @Nullable Thread runsOn;

  // Confined to that thread: elements that are over, and still counted in left.
  private int overHere;

  // Set by the pool that runs the elements somewhere else.
  private volatile @Nullable Consumer<PoolTask<?>> watcher;

  ChunkTask(TaskSite site, Source feed, List<? extends ElementTask<?>> elements) {
    super(site, null, Nothing.CALL);
    this.feed = feed;
    this.left = new AtomicInteger(elements.size() + 1);
    this.slots = new AtomicReferenceArray<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      ElementTask<?> element = elements.get(i);
      element.isIn(this);
      slots.setPlain(i, element);
    }
  }

  /** The work of a chunk is its elements. */
  enum Nothing implements Call<Object, Object> {
    CALL;

    @Override
    public Object on(@Nullable Object none) {
      return this;
    }
  }

  /** How many elements it began with. */
  @Override
  public int size() {
    return slots.length();
  }

  /** The element at a place; null when it was forgotten. */
  public @Nullable PoolTask<?> element(int place) {
    return slots.get(place);
  }

  /** Whether anybody still wants one of the elements from a place to another. */
  public boolean isAnyWanted(int from, int to) {
    for (int i = from; i < to; i++) {
      ElementTask<?> element = slots.get(i);
      if (element != null && element.isWanted()) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of the element at a place, which is over. */
  public void forget(int place) {
    slots.setRelease(place, null);
  }

  /** Says who is told, without blocking, of each element that ended without a result. */
  public void watch(@Nullable Consumer<PoolTask<?>> newWatcher) {
    watcher = newWatcher;
  }

  void elementFailed(ElementTask<?> element) {
    Consumer<PoolTask<?>> told = watcher;
    if (told != null) {
      told.accept(element);
    }
  }

  /** The elements that are not over, in input order. */
  public List<PoolTask<?>> elements() {
    List<PoolTask<?>> all = new ArrayList<>(slots.length());
    for (int i = 0; i < slots.length(); i++) {
      ElementTask<?> element = slots.get(i);
      if (element != null && !element.isDone()) {
        all.add(element);
      }
    }
    return all;
  }

  @Override
  public List<PoolTask<?>> members() {
    return elements();
  }

  /** Runs the elements one after another. */
  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    long start = now();
    for (int i = 0; i < slots.length(); i++) {
      ElementTask<?> element = slots.getPlain(i);
      if (element != null) {
        element.run();
        Thread.interrupted();
        if (element.isDone()) {
          slots.setRelease(i, null);
        }
      }
    }
    measured(now() - start);
    runIsOver();
  }

  /** The worker is through with it. */
  public void runIsOver() {
    boolean unused = succeed(null);
    runEnded();
  }

  /** By the time of the pool, which the sizes of the next chunks go by, too. */
  public long now() {
    return pool().life().clock().now();
  }

  /** Says how long the elements ran together, so that the next chunks have a better size. */
  public void measured(long nanos) {
    feed.measured(slots.length(), nanos);
  }

  Source feed() {
    return feed;
  }

  /** How many elements have ended, or are about to. */
  public int done() {
    return doneHere.get() + doneElsewhere.get();
  }

  /** Those of them that did not succeed. */
  int failed() {
    return failed.get();
  }

  @Override
  public boolean begin() {
    boolean isBegun = super.begin();
    if (isBegun) {
      runsOn = Thread.currentThread();
    }
    return isBegun;
  }

  private boolean isRunHere() {
    return runsOn == Thread.currentThread();
  }

  /** One of the elements is about to end. */
  void elementCounted(Outcome outcome) {
    if (outcome != Outcome.SUCCEEDED) {
      failed.getAndIncrement();
    }
    if (isRunHere()) {
      doneHere.setRelease(doneHere.getPlain() + 1);
    } else {
      doneElsewhere.getAndIncrement();
    }
  }

  /** One of the elements is over. */
  void elementOver() {
    if (isRunHere()) {
      overHere++;
      return;
    }
    int now = left.decrementAndGet();
    if (now == 0) {
      feed.chunkOver(this);
    } else if (now == 1) {
      // Nothing is left to run, and a worker may be on its way for it.
      boolean isWithdrawn = status() == TaskStatus.QUEUED && begin();
      pool().withdrawn(this);
      if (isWithdrawn) {
        runIsOver();
      }
    }
  }

  @Override
  public void count(Outcome outcome) {
    // The elements count.
  }

  /** Its elements too: nobody else would end those that are left. */
  @Override
  public void ensureEnded(Throwable why) {
    for (int i = 0; i < slots.length(); i++) {
      ElementTask<?> element = slots.get(i);
      if (element != null) {
        element.ensureEnded(why);
      }
    }
    super.ensureEnded(why);
  }

  @Override
  protected void ended(Outcome outcome) {
    runsOn = null;
    if (left.addAndGet(-1 - overHere) == 0) {
      feed.chunkOver(this);
    }
  }

  /** Ends every element that is not done. */
  void endAll(Throwable failure) {
    for (int i = 0; i < slots.length(); i++) {
      ElementTask<?> element = slots.get(i);
      if (element != null) {
        boolean unused = element.completeExceptionally(failure);
      }
    }
  }

  @Override
  public void stopNow() {
    elements().forEach(PoolTask::stopNow);
  }
}

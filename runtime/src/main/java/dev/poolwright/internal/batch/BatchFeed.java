package dev.poolwright.internal.batch;

import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.TaskSite;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the inputs of a batch to its pool, chunk by chunk, never more than the buffer holds, and
 * ends what is left when the batch is stopped.
 *
 * <p>A batch whose inputs are at hand feeds itself: its buffer bounds what is submitted and not
 * done, and each chunk that is over feeds the next. Otherwise the buffer bounds what is not handed
 * out, or not done, and the thread that iterates feeds.
 *
 * @param <R> the result of one element
 */
public final class BatchFeed<R extends @Nullable Object> {

  /** A lot may be shorter than it was meant to be, when the inputs end. */
  private static final int MOST_GUESSED = 4_096;

  private final BatchInputs<R> inputs;
  private final BatchHome pool;
  private final TaskSite chunkSite;
  private final ChunkSizes sizes;
  private final boolean isSelfFed;
  private final BatchListener listener;
  private final FeedState<R> state;
  private final HandOut<R> handOut;

  BatchFeed(
      BatchInputs<R> inputs, OptionalInt chunkSize, OptionalInt buffer, BatchListener listener) {
    this.inputs = inputs;
    this.pool = inputs.home();
    this.chunkSite = inputs.site().bare();
    int workers = pool.maxWorkers();
    // A stage leaves its worker at once, so that its time says nothing of its cost; and it keeps
    // the worker's place, of which a chunk has but one.
    boolean isOneByOne = inputs.site().isStage() && (chunkSize.isEmpty() || pool.leavesStages());
    OptionalInt fixed = isOneByOne ? OptionalInt.of(1) : chunkSize;
    this.sizes = new ChunkSizes(fixed, buffer, workers);
    this.isSelfFed = inputs.size().isPresent();
    this.listener = listener;
    BatchRoom room = new BatchRoom(buffer, sizes, workers, isSelfFed);
    Untaken<R> untaken = new Untaken<>();
    this.state = new FeedState<>(pool, room, untaken, inputs.size().orElse(-1));
    this.handOut = new HandOut<>(this, inputs, state, room, untaken);
  }

  /** Told of what happens to the elements. Must not block. */
  interface BatchListener {
    /** An element has ended. */
    void elementEnded(ElementTask<?> element, Outcome outcome);

    /** Every element has ended, and there will be no more. */
    void allEnded();
  }

  HandOut<R> handOut() {
    return handOut;
  }

  // ---- feeding

  /** Feeds for the first time, in the call that makes the batch; throws what the inputs throw. */
  void start() {
    if (inputs.size().orElse(0) > 0) {
      pool.admitBatch(this, chunkSite);
    }
    try {
      feed(true);
      Throwable failure = state.takeInputFailure();
      if (failure != null) {
        throw BatchFeed.<RuntimeException>sneaky(failure);
      }
    } catch (Throwable e) {
      stop(new CancellationException("the call that maps failed"));
      throw e;
    }
    if (state.isExhausted()) {
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
    pool.feedThreads().execute(() -> feed(false));
  }

  /** Feeds while there is room; the first time no more than the buffer holds at first. */
  void feed(boolean isFirst) {
    long fed = 0;
    int count;
    while ((count = state.beginFeeding(isFirst, fed)) > 0) {
      fed += count;
      List<ElementTask<R>> lot = new ArrayList<>(Math.min(count, MOST_GUESSED));
      boolean isMore = false;
      Throwable failure = null;
      try {
        isMore = inputs.take(count, lot);
      } catch (Throwable e) {
        failure = e;
      }
      ChunkTask chunk = new ChunkTask(chunkSite, this, lot);
      boolean isEmpty = lot.isEmpty();
      Throwable stopped = state.took(chunk, lot, isMore, failure);
      try {
        if (stopped != null) {
          pool.countRefused(lot.size());
          chunk.endAll(stopped);
        } else if (!isEmpty) {
          submit(chunk, isFirst);
        }
      } finally {
        if (state.finishFeeding()) {
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
      boolean unused = state.exhaust(why);
      pool.countRefused(chunk.size());
      chunk.endAll(why);
      if (isFirst) {
        throw e;
      }
    }
  }

  // ---- ends

  void measured(int elements, long nanos) {
    sizes.measured(elements, nanos);
  }

  /** An element has ended. */
  void ended(ElementTask<?> element, Outcome outcome) {
    handOut.ended(element);
    listener.elementEnded(element, outcome);
  }

  /** Every element of a chunk has ended, and its run. */
  void chunkOver(ChunkTask chunk) {
    state.chunkOver(chunk);
    if (isSelfFed && !state.isExhausted()) {
      if (pool.isDirect() || pool.life().isOwnThread()) {
        feed(false);
      } else {
        feedOffThread();
      }
    }
    endIfOver();
  }

  private void endIfOver() {
    if (state.isOverNow()) {
      pool.fed(this);
      listener.allEnded();
    }
  }

  /**
   * Takes no more inputs, and ends every element that is not done.
   *
   * @return false when that was so already
   */
  public boolean stop(Throwable why) {
    boolean isFirst = state.exhaust(why);
    state.inFlight().forEach(chunk -> chunk.endAll(why));
    endIfOver();
    return isFirst;
  }

  /** Why it was stopped, if it was; known before the first element ends for that. */
  @Nullable Throwable stoppedBy() {
    return state.stoppedBy();
  }

  /** What the inputs threw, once everything before it was handed out. */
  @Nullable Throwable takeInputFailure() {
    return state.takeInputFailure();
  }

  /** Hands out nothing more. */
  void drop() {
    state.drop();
  }

  // ---- figures

  FeedState.Figures figures() {
    return state.figures();
  }

  /** The number of elements, where it is known. */
  OptionalLong total() {
    return inputs.size();
  }
}

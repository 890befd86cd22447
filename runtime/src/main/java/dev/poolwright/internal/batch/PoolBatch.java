package dev.poolwright.internal.batch;

import dev.poolwright.Batch;
import dev.poolwright.BatchProgress;
import dev.poolwright.MapOption;
import dev.poolwright.Task;
import dev.poolwright.WaitTimeoutException;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.time.Clock;
import dev.poolwright.internal.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A batch of a pool.
 *
 * @param <R> the result of one element
 */
public final class PoolBatch<R extends @Nullable Object> implements Batch<R>, Feed.Listener {

  private final BatchHome pool;
  private final BatchOptions options;
  private final Feed<R> feed;
  private final HandOut<R> handOut;
  private final @Nullable BatchReports reports;
  private final Iterator<R> results =
      new Iterator<>() {
        @Override
        public boolean hasNext() {
          return handOut.awaitNext();
        }

        @Override
        public R next() {
          return nextResult();
        }
      };
  private final Clock clock;
  private final long startNanos;

  // When the batch's own limit passes; 0 without one.
  private final long deadlineNanos;

  // Written once by the call that makes the batch.
  private volatile Deadlines.@Nullable Deadline deadline;

  // Set once, by whoever sees the limit pass first.
  private final AtomicReference<@Nullable PassedLimit> passedLimit = new AtomicReference<>();

  private PoolBatch(BatchInputs<R> inputs, BatchOptions options) {
    this.pool = inputs.home();
    this.clock = pool.life().clock();
    this.startNanos = clock.now();
    this.options = options;
    this.feed = new Feed<>(inputs, options.chunkSize(), options.buffer(), this);
    this.handOut = new HandOut<>(feed);
    Consumer<? super BatchProgress> listener = options.listener();
    this.reports =
        listener == null
            ? null
            : new BatchReports(listener, this::progress, pool.life().callbackThreads());
    Duration limit = options.timeout();
    this.deadlineNanos = limit == null ? 0 : notZero(clock.deadline(Nanos.of(limit)));
  }

  private static long notZero(long nanos) {
    return nanos == 0 ? 1 : nanos;
  }

  /** Feeds the first chunks. */
  public static <R extends @Nullable Object> Batch<R> start(
      BatchInputs<R> inputs, MapOption... options) {
    PoolBatch<R> batch = new PoolBatch<>(inputs, new BatchOptions(options));
    batch.feed.start();
    batch.startLimit();
    return batch;
  }

  private void startLimit() {
    if (deadlineNanos == 0) {
      return;
    }
    long left = leftNanos();
    if (left <= 0) {
      timeOut();
      return;
    }
    // An abandoned batch is not kept until its limit passes.
    Life life = pool.life();
    deadline = life.deadlines().after(left, this, batch -> life.offThread(batch::timeOut));
  }

  private long leftNanos() {
    return deadlineNanos == 0 ? Nanos.MOST : clock.left(deadlineNanos);
  }

  // ---- ends

  @Override
  public void elementEnded(ElementTask<?> element, Outcome outcome) {
    handOut.ended(element);
    if (outcome == Outcome.FAILED && options.isFailFast()) {
      CancellationException why =
          new CancellationException("cancelled, since another element of the batch failed");
      why.initCause(element.failure());
      boolean unused = feed.stop(why);
    }
    if (reports != null) {
      reports.changed();
    }
  }

  @Override
  public void allEnded() {
    Deadlines.Deadline pending = deadline;
    if (pending != null) {
      pending.cancel();
    }
    if (reports != null) {
      reports.changed();
    }
  }

  private void timeOut() {
    OptionalLong total = feed.total();
    String message;
    if (total.isPresent()) {
      long unfinished = total.getAsLong() - feed.counts().done();
      message = unfinished + " (of " + total.getAsLong() + ") tasks unfinished";
    } else {
      message = "the inputs and their tasks were not finished";
    }
    PassedLimit passed =
        new PassedLimit(
            new CancellationException("the time limit of the batch has passed: " + message),
            new WaitTimeoutException(message));
    PassedLimit first = passedLimit.compareAndExchange(null, passed);
    // Also by who comes second, who goes on to look at an element.
    boolean unused = feed.stop(first == null ? passed.why : first.why);
  }

  /**
   * The limit of the batch has passed.
   *
   * @param why what the other elements are cancelled with, and so what the batch is stopped by
   * @param timeout what next() throws then
   */
  private record PassedLimit(CancellationException why, WaitTimeoutException timeout) {}

  @Override
  public void cancel() {
    boolean unused = feed.stop(new CancellationException("the batch was cancelled"));
  }

  @Override
  public void close() {
    cancel();
  }

  // ---- handing out

  @Override
  public Iterator<R> iterator() {
    return results;
  }

  private R nextResult() {
    ElementTask<R> element = orThrow(handOut.takeFirst());
    if (!element.isDone() && !handOut.awaitDone(element, leftNanos())) {
      timeOut();
    }
    if (element.isCancelled()) {
      throwTimeout();
    }
    feed.handedOut(element);
    return element.join();
  }

  private ElementTask<R> orThrow(@Nullable ElementTask<R> element) {
    if (element != null) {
      return element;
    }
    Throwable failure = feed.takeInputFailure();
    if (failure != null) {
      throw ReadableFailure.<RuntimeException>sneaky(failure);
    }
    throw new NoSuchElementException("the batch has no more elements");
  }

  /** Once the limit has passed: throws, and hands out nothing more. */
  private void throwTimeout() {
    PassedLimit passed = passedLimit.get();
    if (passed != null && feed.stoppedBy() == passed.why) {
      handOut.drop();
      throw passed.timeout;
    }
  }

  @Override
  public Iterable<Task<R>> tasks() {
    return () -> tasks(false);
  }

  @Override
  public Iterable<Task<R>> asCompleted() {
    return () -> tasks(true);
  }

  private Iterator<Task<R>> tasks(boolean isByEnd) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return handOut.awaitNext();
      }

      @Override
      public Task<R> next() {
        return isByEnd ? nextEnded() : nextTask();
      }
    };
  }

  private Task<R> nextTask() {
    ElementTask<R> element = orThrow(handOut.takeFirst());
    feed.handedOut(element);
    return element;
  }

  private Task<R> nextEnded() {
    ElementTask<R> element = handOut.takeEnded(deadlineNanos);
    if (element == null && leftNanos() <= 0) {
      timeOut();
      element = handOut.takeEnded(0);
    }
    if (element != null && element.isCancelled()) {
      throwTimeout();
    }
    element = orThrow(element);
    feed.handedOut(element);
    return element;
  }

  @Override
  public List<R> toList() {
    List<R> all = new ArrayList<>();
    RuntimeException failure = null;
    while (handOut.awaitNext()) {
      try {
        all.add(nextResult());
      } catch (CompletionException e) {
        failure = failure instanceof CompletionException ? failure : e;
      } catch (CancellationException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return Collections.unmodifiableList(all);
  }

  @Override
  public Stream<R> stream() {
    Spliterator<R> elements = Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED);
    return StreamSupport.stream(elements, false).onClose(this::close);
  }

  @Override
  public BatchProgress progress() {
    Duration elapsed = Duration.ofNanos(clock.now() - startNanos);
    ElementCounts counts = feed.counts();
    return new BatchFigures(counts.done(), counts.failed(), feed.total(), elapsed);
  }
}

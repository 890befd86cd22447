package dev.poolwright.internal.batch;

import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Call;
import org.jspecify.annotations.Nullable;

/**
 * One element of a batch. It is never queued itself: its chunk is.
 *
 * @param <T> the result
 */
final class ElementTask<T extends @Nullable Object> extends PoolTask<T> {

  // Written before the element is published, dropped by whoever ends it; null when never submitted.
  private @Nullable ChunkTask chunk;

  // Written under the lock of the feed: it was handed out before it was done.
  volatile boolean isOutside;

  // Confined to the thread that iterates: it was handed out from among others that were not.
  boolean isTaken;

  // The element that ended before, on the stack of the ends.
  @Nullable ElementTask<?> endedBefore;

  ElementTask(TaskSite site, @Nullable Object target, Call<?, ?> call) {
    super(site, target, call);
  }

  void isIn(ChunkTask its) {
    chunk = its;
  }

  @Override
  public void count(Outcome outcome) {
    ChunkTask its = chunk;
    if (its != null) {
      super.count(outcome);
      its.elementCounted(outcome);
    }
  }

  @Override
  protected void ended(Outcome outcome) {
    ChunkTask its = chunk;
    if (its != null) {
      chunk = null;
      if (outcome != Outcome.SUCCEEDED) {
        its.elementFailed(this);
      }
      try {
        its.feed().ended(this, outcome);
      } finally {
        its.elementOver(); // The books, whatever those who are told throw.
      }
    }
  }
}

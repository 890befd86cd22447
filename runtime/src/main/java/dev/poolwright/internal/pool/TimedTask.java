package dev.poolwright.internal.pool;

import dev.poolwright.internal.task.Outcome;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.TaskSite;
import dev.poolwright.spi.Call;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A task that is worth to be submitted until a deadline only.
 *
 * @param <T> the result
 */
final class TimedTask<T extends @Nullable Object> extends PoolTask<T> {

  private final EnginePool pool;
  private final long deadlineNanos;

  // Written by the thread that submits, which then cancels the task; nobody else has seen it.
  private boolean isLate;

  /**
   * A task to be submitted.
   *
   * @param deadlineNanos as the clock of the pools counts
   */
  TimedTask(EnginePool pool, TaskSite site, Call<?, T> call, long deadlineNanos) {
    super(site, null, call);
    this.pool = pool;
    this.deadlineNanos = deadlineNanos;
  }

  private long leftNanos() {
    return clock().left(deadlineNanos);
  }

  @Override
  public void awaitRoom(ReentrantLock held, Condition room) throws InterruptedException {
    if (leftNanos() <= 0) {
      throw new SubmitTimeoutException();
    }
    awaitRoom(held, room, leftNanos());
  }

  /** Submits the task; cancels it, as if it had never been, when the time is over. */
  void submit() {
    if (leftNanos() > 0) {
      try {
        pool.submitTask(this);
        return;
      } catch (SubmitTimeoutException e) {
        // Told by the task, which is cancelled.
      }
    }
    isLate = true;
    boolean unused = cancel(false);
  }

  /** Whether it was too late to submit the task. */
  boolean isLate() {
    return isLate;
  }

  @Override
  public void count(Outcome outcome) {
    if (!isLate) {
      super.count(outcome);
    }
  }
}

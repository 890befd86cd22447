package dev.poolwright.internal.access;

import dev.poolwright.internal.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What every {@code Task} is as well. */
public interface TaskAccess {

  /**
   * Called by a thread that is about to wait for this task. A worker of the task's own pool lends
   * its place, so that the task can run meanwhile.
   *
   * @return what gives the place back, to be run by the same thread when its wait is over; null
   *     when there is nothing to lend
   * @throws IllegalStateException when 256 workers of the pool wait already
   */
  @Nullable Runnable lendPlace();

  /** What tasks of one pool have in common, and no others. */
  Object home();

  /**
   * Lets whoever waits for this task, or for a stage of it, wait for the pool of another one, too.
   *
   * @param other with which a stage of this task ends, or that is waited for together with it
   * @return to be run when that is over; null when the other one is of no other pool
   */
  @Nullable Runnable leadsTo(Object other);

  /** What waits for this task go by. */
  Clock clock();

  /**
   * Called with each stage that was just derived from this task.
   *
   * @param stage made by {@code newIncompleteFuture()}
   * @param sawOutcome whether its function was given the failure, and passes it on
   * @param <U> the result of the stage
   * @return the stage, as a {@code Task}; null for a stage that nobody gets to see
   */
  <U extends @Nullable Object> @Nullable CompletableFuture<U> derived(
      CompletableFuture<U> stage, boolean sawOutcome);

  /**
   * Called with each stage that was just derived from this task, and whose function it is that
   * tells the stage of its failure.
   *
   * @param stage made by {@code newIncompleteFuture()}
   * @param step its function
   * @param <U> the result of the stage
   * @return the stage, as a {@code Task}
   */
  <U extends @Nullable Object> CompletableFuture<U> stepped(
      CompletableFuture<U> stage, StageStep<?, U> step);

  /**
   * The function of this stage has seen what the stage is about to fail with, or has failed with.
   * Throws nothing.
   *
   * @param failure as the function got it, or threw it
   */
  void fails(Throwable failure);

  /**
   * What functions of stages that are made of this task run in.
   *
   * @return null when nothing was captured
   */
  @Nullable CarriedContext carried();
}

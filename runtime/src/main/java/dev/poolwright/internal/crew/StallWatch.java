package dev.poolwright.internal.crew;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks once a second at a crew that has tasks waiting. When every worker is blocked, every place
 * is taken and no task was begun since the last look, it logs one warning with the stacks and the
 * way out. It adds no worker: the most that may run at once are never exceeded.
 */
final class StallWatch {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int STACK_FRAMES = 12;

  private final Life life;
  private final Crew crew;
  private final String pool;
  private final AtomicBoolean isWatching = new AtomicBoolean();
  private final AtomicBoolean isWarned = new AtomicBoolean();

  /**
   * A watch that sleeps.
   *
   * @param pool as messages name it
   */
  StallWatch(Life life, Crew crew, String pool) {
    this.life = life;
    this.crew = crew;
    this.pool = pool;
  }

  /** A task waits, and no worker was free for it. */
  void queued() {
    if (!isWatching.get() && isWatching.compareAndSet(false, true)) {
      try {
        lookLater(-1);
      } catch (Throwable e) {
        // No thread to be had for the watch: the next task that waits tries again.
        isWatching.set(false);
      }
    }
  }

  private void lookLater(long takenBefore) {
    var unused = life.deadlines().after(LOOK_NANOS, () -> look(takenBefore));
  }

  private void look(long takenBefore) {
    Look now = crew.look();
    if (now.queued == 0) {
      isWatching.set(false);
      if (crew.look().queued > 0) {
        queued();
      }
      return;
    }
    if (now.taken == takenBefore && now.areAllBlocked() && isWarned.compareAndSet(false, true)) {
      // The stacks of now: the stall may be over when the message is logged.
      String warning = warning(now);
      life.offThread(() -> Guard.log(Level.WARNING, warning));
    }
    lookLater(now.taken);
  }

  private String warning(Look stalled) {
    StringBuilder text = new StringBuilder(pool).append(" makes no progress: ");
    if (!stalled.workers.isEmpty()) {
      text.append("all ").append(stalled.workers.size()).append(" workers are blocked, ");
    }
    if (!stalled.detached.isEmpty()) {
      text.append(stalled.detached.size()).append(" places are kept by stages, ");
    }
    text.append("and ").append(stalled.queued).append(" tasks wait. No worker is added for waits");
    text.append(" that the pool cannot see; wait through Task.get, join, Batch or Tasks");
    text.append(" (Tasks.allOf in the place of CompletableFuture.allOf), or give the tasks a time");
    text.append(" limit.");
    stalled.workers.forEach(worker -> appendStack(text, worker));
    for (PoolTask<?> task : stalled.detached) {
      text.append("\n  ").append(task.name()).append(": its stage has not ended");
    }
    return text.toString();
  }

  private static void appendStack(StringBuilder text, Thread worker) {
    text.append("\n  ").append(worker.getName());
    Arrays.stream(worker.getStackTrace())
        .limit(STACK_FRAMES)
        .forEach(frame -> text.append("\n      at ").append(frame));
  }

  /**
   * What a look sees.
   *
   * @param queued tasks that wait
   * @param taken tasks that were ever taken by workers
   * @param workers those that are not idle
   * @param detached tasks whose stage keeps a place
   */
  record Look(
      int queued, long taken, List<WorkerThread> workers, List<? extends PoolTask<?>> detached) {

    boolean areAllBlocked() {
      return workers.stream().allMatch(Look::isBlocked);
    }

    private static boolean isBlocked(WorkerThread worker) {
      Thread.State state = worker.getState();
      return !worker.isDriving()
          && (state == Thread.State.WAITING || state == Thread.State.BLOCKED);
    }
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.internal.life.Guard;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Looks once a second at a pool that has tasks waiting. When every worker is blocked and no task
 * was taken since the last look, the workers probably wait for tasks that wait for them, in a way
 * that the pool cannot see: it logs one warning with their stacks, and adds a temporary worker.
 */
final class StallWatch {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int STACK_FRAMES = 12;

  private final EnginePool pool;
  private final AtomicBoolean isWatching = new AtomicBoolean();
  private final AtomicBoolean isWarned = new AtomicBoolean();

  StallWatch(EnginePool pool) {
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
    pool.engine().deadlines().after(LOOK_NANOS, () -> look(takenBefore));
  }

  private void look(long takenBefore) {
    Look now = pool.crew().look();
    if (now.queued == 0) {
      pool.crew().extra(false);
      isWatching.set(false);
      if (pool.crew().look().queued > 0) {
        queued();
      }
      return;
    }
    if (now.taken == takenBefore && now.areAllBlocked()) {
      if (isWarned.compareAndSet(false, true)) {
        // The stacks of now: the temporary worker may end the stall at once.
        String warning = warning(now);
        pool.engine().offThread(() -> Guard.log(Level.WARNING, warning));
      }
      pool.crew().extra(true);
    }
    lookLater(now.taken);
  }

  private String warning(Look stalled) {
    return "pool \""
        + pool.name()
        + "\" makes no progress: all "
        + stalled.workers.size()
        + " workers are blocked and "
        + stalled.queued
        + " tasks wait; a temporary worker is added. Waits for tasks of the same pool are seen"
        + " only through Task.get, join, Batch, Tasks and invokeAll.\n"
        + stalled.workers.stream().map(StallWatch::stack).collect(Collectors.joining("\n"));
  }

  private static String stack(Thread worker) {
    return "  "
        + worker.getName()
        + Arrays.stream(worker.getStackTrace())
            .limit(STACK_FRAMES)
            .map(frame -> "\n      at " + frame)
            .collect(Collectors.joining());
  }

  /**
   * What a look sees.
   *
   * @param queued tasks that wait
   * @param taken tasks that were ever taken by workers
   * @param workers all there are
   */
  record Look(int queued, long taken, List<WorkerThread> workers) {

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

package dev.poolwright.internal.crew;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks once a second at a crew that has tasks waiting. When every worker is blocked, every place
 * is taken and no task was begun since the last look, it logs one warning with the stacks and the
 * way out. It adds no worker: the most that may run at once are never exceeded.
 *
 * <p>Thousands of virtual threads that all wait for an answer from somewhere are no stall, until
 * one of them waits for a task, or nothing has happened for a minute.
 */
final class StallWatch {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int PATIENT_LOOKS = 60;
  private static final int STACK_FRAMES = 12;
  private static final int STACKS = 5;
  private static final int LOOKED_AT = 200;

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
        lookLater(-1, 0);
      } catch (Throwable e) {
        // No thread to be had for the watch: the next task that waits tries again.
        isWatching.set(false);
      }
    }
  }

  private void lookLater(long takenBefore, int looks) {
    var unused = life.deadlines().after(LOOK_NANOS, new NextLook(this, takenBefore, looks));
  }

  /** Looks once more, after so many looks that found the same number of tasks taken. */
  private void look(long takenBefore, int looks) {
    Look now = crew.look(takenBefore);
    if (now.queued == 0) {
      isWatching.set(false);
      if (crew.look(takenBefore).queued > 0) {
        queued();
      }
      return;
    }
    boolean isStill = now.taken == takenBefore;
    boolean isLong = !crew.isVirtual() || now.waitsForTask || looks >= PATIENT_LOOKS;
    if (isStill && isLong && now.areAllBlocked() && isWarned.compareAndSet(false, true)) {
      // The stacks of now: the stall may be over when the message is logged.
      String warning = warning(now);
      life.offThread(() -> Guard.log(Level.WARNING, warning));
    }
    lookLater(now.taken, isStill ? looks + 1 : 0);
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
    if (crew.isVirtual()) {
      appendGroups(text, stalled.workers);
    } else {
      stalled.workers.forEach(worker -> appendStack(text, worker.thread().getName(), top(worker)));
    }
    stalled.detached.stream()
        .limit(crew.isVirtual() ? STACKS : Long.MAX_VALUE)
        .forEach(
            task -> text.append("\n  ").append(task.name()).append(": its stage has not ended"));
    return text.toString();
  }

  /** Of thousands of workers a part stands for all; those that wait at one place are one group. */
  private static void appendGroups(StringBuilder text, List<Worker> workers) {
    Map<List<StackTraceElement>, List<Worker>> groups =
        workers.stream()
            .limit(LOOKED_AT)
            .collect(groupingBy(StallWatch::top, LinkedHashMap::new, toList()));
    groups.entrySet().stream()
        .sorted(comparing(group -> -group.getValue().size()))
        .limit(STACKS)
        .forEach(
            group -> {
              int others = group.getValue().size() - 1;
              String first = group.getValue().get(0).thread().getName();
              appendStack(
                  text, others == 0 ? first : first + " and " + others + " more", group.getKey());
            });
  }

  private static List<StackTraceElement> top(Worker worker) {
    return Arrays.stream(worker.thread().getStackTrace()).limit(STACK_FRAMES).toList();
  }

  private static void appendStack(StringBuilder text, String who, List<StackTraceElement> frames) {
    text.append("\n  ").append(who);
    frames.forEach(frame -> text.append("\n      at ").append(frame));
  }

  /** A lambda would cost the first submit of a JVM a millisecond. */
  private record NextLook(StallWatch watch, long takenBefore, int looks) implements Runnable {
    @Override
    public void run() {
      watch.look(takenBefore, looks);
    }
  }

  /**
   * What a look sees.
   *
   * @param queued tasks that wait
   * @param taken tasks that were ever taken by workers
   * @param waitsForTask whether a worker waits for a task, as far as the pools see
   * @param workers those that are not idle; none where tasks were taken since the look before
   * @param detached tasks whose stage keeps a place; the same
   */
  record Look(
      int queued,
      long taken,
      boolean waitsForTask,
      List<Worker> workers,
      List<? extends PoolTask<?>> detached) {

    boolean areAllBlocked() {
      return workers.stream().allMatch(Look::isBlocked);
    }

    private static boolean isBlocked(Worker worker) {
      Thread.State state = worker.thread().getState();
      return !worker.isDriving()
          && (state == Thread.State.WAITING || state == Thread.State.BLOCKED);
    }
  }
}

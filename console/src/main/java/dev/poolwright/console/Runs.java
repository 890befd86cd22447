package dev.poolwright.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolListener;
import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.WorkerEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears the runs of tasks and keeps the first of them, bounded.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Runs implements PoolListener {

  /**
   * One run. Times are nanoseconds since the recording began; runs begin after it.
   *
   * @param worker who ran it
   * @param name of the task
   * @param number of the task
   * @param parent number of the task that submitted it, or 0
   * @param submittedNanos when it was submitted
   * @param startNanos when it began
   * @param doneNanos when its outcome was known
   * @param endNanos when its callbacks were over
   * @param status its outcome, or {@code RUNNING}
   * @param failure what it failed with, or null
   */
  record RecordedRun(
      WorkerId worker,
      String name,
      long number,
      long parent,
      long submittedNanos,
      long startNanos,
      long doneNanos,
      long endNanos,
      TaskStatus status,
      @Nullable String failure) {

    /** The same, from a later start. */
    RecordedRun from(long nanos) {
      return new RecordedRun(
          worker,
          name,
          number,
          parent,
          submittedNanos,
          nanos,
          Math.max(doneNanos, nanos),
          Math.max(endNanos, nanos),
          status,
          failure);
    }
  }

  /** Who runs tasks. */
  record WorkerId(String pool, String kind, String name, long pid) {}

  /** The end of a worker JVM. */
  record Crash(WorkerId worker, long nanos, String reason) {}

  /** All that was heard. */
  record Recording(
      List<RecordedRun> runs, List<Crash> crashes, long nanos, long leftOut, long rejected) {}

  private static final int MAX_FAILURE_CHARS = 200;
  private static final int MAX_CRASHES = 10_000;

  private final long beginNanos;
  private final int maxRuns;

  @GuardedBy("this")
  private final List<RecordedRun> kept = new ArrayList<>();

  @GuardedBy("this")
  private final List<Crash> crashes = new ArrayList<>();

  @GuardedBy("this")
  private final Map<WorkerId, WorkerId> workers = new HashMap<>();

  @GuardedBy("this")
  private boolean isOver;

  @GuardedBy("this")
  private long leftOut;

  @GuardedBy("this")
  private long rejected;

  Runs(long beginNanos, int maxRuns) {
    this.beginNanos = beginNanos;
    this.maxRuns = maxRuns;
  }

  @Override
  public void runEnded(TaskEvent event) {
    add(event, event.endedNanos(), event.runEndedNanos(), false);
  }

  @Override
  public synchronized void taskRejected(TaskEvent event) {
    rejected += isOver ? 0 : 1;
  }

  @Override
  public synchronized void workerEnded(WorkerEvent event) {
    if (event.isCrash() && !isOver && crashes.size() < MAX_CRASHES) {
      WorkerId worker =
          new WorkerId(event.pool(), event.kind().name(), event.worker(), event.pid().orElse(0));
      crashes.add(new Crash(worker, event.nanos() - beginNanos, String.valueOf(event.reason())));
    }
  }

  /**
   * Ends the recording: hears no more, also from calls that are under way.
   *
   * @param running tasks that are added as far as they are
   */
  Recording end(List<? extends TaskEvent> running) {
    Map<Long, TaskEvent> left = new HashMap<>();
    running.forEach(task -> left.put(task.number(), task));
    synchronized (this) {
      isOver = true;
      kept.forEach(run -> left.remove(run.number()));
    }
    long now = System.nanoTime();
    for (TaskEvent task : left.values()) {
      add(task, task.endedNanos() == 0 ? now : task.endedNanos(), now, true);
    }
    synchronized (this) {
      return new Recording(kept, crashes, now - beginNanos, leftOut, rejected);
    }
  }

  private void add(TaskEvent event, long doneNanos, long endNanos, boolean isLeft) {
    if (event.startedNanos() == 0) {
      return; // submitted before the recording
    }
    // The text of an exception is made by the user's class, so outside of the lock.
    String failure = event.status() == TaskStatus.FAILED ? text(event.failure()) : null;
    WorkerId worker =
        new WorkerId(
            event.pool(), event.kind().name(), History.worker(event), event.pid().orElse(0));
    synchronized (this) {
      if (isOver && !isLeft) {
        return;
      }
      if (kept.size() == maxRuns) {
        leftOut++;
        return;
      }
      WorkerId known = workers.putIfAbsent(worker, worker);
      kept.add(
          new RecordedRun(
              known == null ? worker : known,
              event.name(),
              event.number(),
              event.parent().orElse(0),
              event.submittedNanos() - beginNanos,
              event.startedNanos() - beginNanos,
              doneNanos - beginNanos,
              endNanos - beginNanos,
              event.status(),
              failure));
    }
  }

  private static String text(@Nullable Throwable failure) {
    String text;
    try {
      text = String.valueOf(failure);
    } catch (Throwable e) {
      text = "a failure that does not print: " + e.getClass().getName();
    }
    return text.length() <= MAX_FAILURE_CHARS ? text : text.substring(0, MAX_FAILURE_CHARS) + "…";
  }
}

package dev.poolwright.internal.task;

import dev.poolwright.TaskEvent;
import dev.poolwright.TaskStatus;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.flight.Flown;
import dev.poolwright.internal.life.Listeners;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task that somebody watches: its times, and who ran it. Made when it is
 * submitted, or later by who first looks at it; then its times are unknown.
 *
 * <p><b>Threads:</b> each time is written once, before the state of the task tells of it, and told
 * afterwards by the thread that wrote it. It is written with release, which costs each watched task
 * three fences less than a volatile write.
 */
final class TaskTrack implements TaskEvent, Flown {

  private static final VarHandle STARTED = time("startedNanos");
  private static final VarHandle ENDED = time("endedNanos");
  private static final VarHandle RUN_ENDED = time("runEndedNanos");

  private final Listeners listeners;
  private final TaskSite site;
  private final @Nullable Object label;
  private final long number;
  private final long parent; // 0 for none.
  private final long submittedNanos;

  // Written by the worker, as the next three.
  private volatile long startedNanos;
  private volatile long runEndedNanos;
  private @Nullable String worker; // Written before the time of the start.
  private int pid; // The same, without a sign; 0 for this JVM.

  private @Nullable Object flight; // Written by the worker, read at the end.

  // Written by whoever completes the task.
  private volatile long endedNanos;
  private @Nullable Outcome outcome; // Written before the time of the end.
  private @Nullable Throwable failure; // The same.
  private boolean hasNotBegun; // The same.
  private boolean isEndTold;

  /** Of a task that is being submitted. */
  TaskTrack(PoolTask<?> task, Listeners listeners, long parent, long submittedNanos) {
    this.listeners = listeners;
    this.site = task.site;
    this.label = site.name() == null ? task.label() : null; // Looking costs 30 ns.
    this.number = listeners.nextNumber();
    this.parent = parent;
    this.submittedNanos = submittedNanos;
  }

  private static VarHandle time(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(TaskTrack.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void tellSubmitted() {
    listeners.submitted(this);
  }

  void tellRejected(Throwable why) {
    failure = why;
    outcome = Outcome.FAILED;
    isEndTold = true;
    ENDED.setRelease(this, listeners.now());
    listeners.rejected(this);
  }

  /** Which worker JVM is about to run it. */
  void runsOn(String name, long process) {
    worker = name;
    pid = (int) process;
  }

  void begins(Thread runner) {
    if (worker == null) {
      worker = runner.getName();
    }
    STARTED.setRelease(this, listeners.now());
  }

  /** It was ended before it could begin; whoever ended it knows, and may tell meanwhile. */
  void doesNotBegin() {
    STARTED.setRelease(this, 0L);
    worker = null;
  }

  void tellStarted() {
    listeners.started(this);
  }

  void ends(Outcome how, @Nullable Throwable why, boolean isWithdrawn) {
    if (endedNanos == 0) {
      outcome = how;
      failure = why;
      hasNotBegun = isWithdrawn;
      ENDED.setRelease(this, listeners.now());
    }
  }

  void tellEnded() {
    if (!isEndTold && !isLate()) {
      isEndTold = true;
      listeners.ended(this);
    }
  }

  /**
   * Its place is free.
   *
   * @param isLater whether it ended some time before
   */
  void tellRunEnded(boolean isLater) {
    RUN_ENDED.setRelease(this, isLater || endedNanos == 0 ? listeners.now() : endedNanos);
    if (!isLate()) {
      listeners.runEnded(this);
    }
  }

  @Override
  public @Nullable Object flight() {
    return flight;
  }

  @Override
  public void flight(Object event) {
    flight = event;
  }

  // ---- what listeners see

  @Override
  public String pool() {
    return site.pool().name();
  }

  @Override
  public PoolKind kind() {
    return site.pool().kind();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public OptionalLong parent() {
    return parent == 0 ? OptionalLong.empty() : OptionalLong.of(parent);
  }

  @Override
  public String name() {
    return site.nameOf(label);
  }

  @Override
  public TaskStatus status() {
    Outcome how = endedNanos == 0 ? null : outcome;
    if (how == null) {
      return startedNanos() == 0 ? TaskStatus.QUEUED : TaskStatus.RUNNING;
    }
    return switch (how) {
      case SUCCEEDED -> TaskStatus.SUCCEEDED;
      case FAILED -> TaskStatus.FAILED;
      case CANCELLED -> TaskStatus.CANCELLED;
    };
  }

  @Override
  public @Nullable Throwable failure() {
    return endedNanos == 0 ? null : failure;
  }

  /** Made by who first looked: listeners know nothing of the task. */
  private boolean isLate() {
    return submittedNanos == 0;
  }

  /** Of a track that was made late nobody knows when it began. */
  private boolean isBegun() {
    return startedNanos() != 0 || isLate();
  }

  @Override
  public @Nullable String worker() {
    return isBegun() ? worker : null;
  }

  @Override
  public OptionalLong pid() {
    return !isBegun() || pid == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Integer.toUnsignedLong(pid));
  }

  @Override
  public long submittedNanos() {
    return submittedNanos;
  }

  @Override
  public long startedNanos() {
    return endedNanos != 0 && hasNotBegun ? 0 : startedNanos;
  }

  @Override
  public long endedNanos() {
    return endedNanos;
  }

  @Override
  public long runEndedNanos() {
    return runEndedNanos;
  }

  @Override
  public String toString() {
    return name() + " #" + number;
  }
}

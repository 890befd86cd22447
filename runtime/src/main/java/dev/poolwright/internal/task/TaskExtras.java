package dev.poolwright.internal.task;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.TaskProgress;
import dev.poolwright.TaskTimeoutException;
import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What few tasks have: deadlines, clean-up on cancel, progress listeners. */
final class TaskExtras {

  private final PoolTask<?> task;
  private final AtomicReference<@Nullable TaskTrack> track = new AtomicReference<>();
  private final ReentrantLock lock = VirtualThreads.lock();

  @GuardedBy("lock")
  private final List<Deadlines.Deadline> deadlines = new ArrayList<>(1);

  @GuardedBy("lock")
  private final List<Runnable> cleanUps = new ArrayList<>(0);

  @GuardedBy("lock")
  private final List<Listener> listeners = new ArrayList<>(0);

  /** Kept, since a listener can be added only after the task may have begun. */
  @GuardedBy("lock")
  private @Nullable TaskProgress latest;

  /** How many reports there were. */
  @GuardedBy("lock")
  private long reports;

  @GuardedBy("lock")
  private boolean isReporting;

  @GuardedBy("lock")
  private boolean isStopped;

  private volatile Deadlines.@Nullable Deadline limit;

  /** What the method returned, when it goes on by itself. */
  private volatile @Nullable CompletionStage<?> stage;

  /** Of a task that is watched, or has no track yet. */
  TaskExtras(PoolTask<?> task, @Nullable TaskTrack track) {
    this.task = task;
    this.track.set(track);
  }

  @Nullable TaskTrack track() {
    return track.get();
  }

  /** Its track, which is this one if it had none. */
  TaskTrack trackOr(TaskTrack other) {
    TaskTrack before = track.compareAndExchange(null, other);
    return before == null ? other : before;
  }

  /** The last that it reported. */
  Optional<TaskProgress> latest() {
    lock.lock();
    try {
      return Optional.ofNullable(latest);
    } finally {
      lock.unlock();
    }
  }

  /** Schedules an action that is dropped when the task is done. */
  void at(Deadlines watcher, long delayNanos, Runnable action) {
    Deadlines.Deadline deadline = watcher.after(delayNanos, action);
    lock.lock();
    try {
      deadlines.add(deadline);
    } finally {
      lock.unlock();
    }
  }

  /** Starts the time limit. */
  void limit(Deadlines watcher, long limitNanos, Runnable action) {
    limit = watcher.after(limitNanos, action);
  }

  /** The time limit that was started holds no more. */
  void cancelLimit() {
    Deadlines.Deadline started = limit;
    if (started != null) {
      started.cancel();
    }
  }

  /** Made here so that Java loads its class with the first task that has a limit. */
  static Throwable pastLimit(String message, List<StackTraceElement> stack) {
    return new TaskTimeoutException(message, stack);
  }

  /** What is left of the time limit. */
  Optional<Duration> remaining() {
    Deadlines.Deadline started = limit;
    return started == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, started.remainingNanos())));
  }

  /** The task is done. */
  void end() {
    cancelLimit();
    lock.lock();
    try {
      deadlines.forEach(Deadlines.Deadline::cancel);
      deadlines.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a clean-up, or runs it when the run is being stopped already. */
  void onCancel(Runnable cleanUp) {
    lock.lock();
    try {
      if (!isStopped) {
        cleanUps.add(cleanUp);
        return;
      }
    } finally {
      lock.unlock();
    }
    runCleanUp(cleanUp);
  }

  /** The run is being stopped: runs the clean-ups on another thread, since they may be slow. */
  void stopped(Executor executor) {
    List<Runnable> due;
    lock.lock();
    try {
      isStopped = true;
      due = List.copyOf(cleanUps);
      cleanUps.clear();
    } finally {
      lock.unlock();
    }
    if (!due.isEmpty()) {
      executor.execute(() -> due.forEach(this::runCleanUp));
    }
  }

  private void runCleanUp(Runnable cleanUp) {
    Guard.run(() -> "onCancel of " + task.name(), cleanUp::run);
  }

  void stage(CompletionStage<?> returned) {
    stage = returned;
  }

  void cancelStage() {
    CompletionStage<?> running = stage;
    if (running != null) {
      Guard.run(
          () -> "cancel of the stage of " + task.name(),
          () -> running.toCompletableFuture().cancel(true));
    }
  }

  /** Adds a listener, which hears the latest report if there is one. */
  void onProgress(Consumer<? super TaskProgress> action, Executor executor) {
    lock.lock();
    try {
      listeners.add(new Listener(action, 0));
      if (isReporting || latest == null) {
        return;
      }
      isReporting = true;
    } finally {
      lock.unlock();
    }
    executor.execute(this::tellListeners);
  }

  /** Hands a report to the listeners on another thread; one that was not read yet is dropped. */
  void reportProgress(TaskProgress progress, Executor executor) {
    lock.lock();
    try {
      latest = progress;
      reports++;
      if (isReporting || listeners.isEmpty()) {
        return;
      }
      isReporting = true;
    } finally {
      lock.unlock();
    }
    executor.execute(this::tellListeners);
  }

  private void tellListeners() {
    List<Runnable> calls = untold();
    while (!calls.isEmpty()) {
      calls.forEach(call -> Guard.run(() -> "progress listener of " + task.name(), call::run));
      calls = untold();
    }
  }

  /** What is to be told now; when that is nothing, the reporting has ended. */
  private List<Runnable> untold() {
    lock.lock();
    try {
      List<Runnable> calls = new ArrayList<>(listeners.size());
      TaskProgress report = latest;
      for (int i = 0; report != null && i < listeners.size(); i++) {
        Listener listener = listeners.get(i);
        if (listener.heard < reports) {
          listeners.set(i, new Listener(listener.action, reports));
          calls.add(() -> listener.action.accept(report));
        }
      }
      isReporting = !calls.isEmpty();
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /** Who listens, and how much of it has been told. */
  private record Listener(Consumer<? super TaskProgress> action, long heard) {}
}

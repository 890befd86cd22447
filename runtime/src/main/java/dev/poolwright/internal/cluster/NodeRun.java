package dev.poolwright.internal.cluster;

import dev.poolwright.Task;
import dev.poolwright.TaskSerializationException;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one envelope has a node run: each call is a task of a pool of the node, and the answer goes
 * once all have ended.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class NodeRun {
  private final String name;
  private final @Nullable Class<?> callType;
  private final Outcomes outcomes;
  private final AtomicReferenceArray<@Nullable Task<?>> tasks;
  private final AtomicIntegerArray stopped; // 1 for those whose stop has come.
  private final AtomicReferenceArray<@Nullable PayloadBuffer> ended;
  private final AtomicInteger left;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

  /**
   * Nothing runs yet.
   *
   * @param name of the tasks
   * @param callType class of the calls; null when there is none
   * @param count how many calls there are
   * @param outcomes writes how they end
   */
  NodeRun(String name, @Nullable Class<?> callType, int count, Outcomes outcomes) {
    this.name = name;
    this.callType = callType;
    this.outcomes = outcomes;
    this.tasks = new AtomicReferenceArray<>(count);
    this.stopped = new AtomicIntegerArray(count);
    this.ended = new AtomicReferenceArray<>(count);
    this.left = new AtomicInteger(count);
  }

  /** How all of it ended; it never fails. */
  CompletableFuture<byte[]> answer() {
    return answer;
  }

  /** A call was submitted; its end is looked after from here on. */
  void runs(int element, Task<?> task) {
    tasks.set(element, task);
    if (isStopped(element)) { // Whoever stopped it before found no task.
      boolean unused = task.cancel(true);
    }
    Task<?> unused =
        task.handle(
            (value, failure) -> {
              end(element, value, failure);
              return null;
            });
  }

  /** A call is about to be queued with others, and {@link #over} tells of its end. */
  void runsInChunk(int element, PoolTask<?> task) {
    tasks.set(element, task);
    if (isStopped(element)) {
      boolean unused = task.cancel(true);
    }
  }

  /** The calls of a chunk have ended. */
  void over() {
    for (int i = 0; i < tasks.length(); i++) {
      Task<?> task = tasks.get(i);
      if (task != null) {
        int element = i;
        Task<?> unused =
            task.handle(
                (value, failure) -> {
                  end(element, value, failure);
                  return null;
                });
      }
    }
  }

  /** A call has ended, or could not begin. */
  void end(int element, @Nullable Object value, @Nullable Throwable failure) {
    PayloadBuffer out = new PayloadBuffer(Integer.MAX_VALUE - 8);
    Throwable why =
        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    try {
      write(value, why, out);
    } catch (Throwable e) {
      // The heap is full: what is left is to say so, with less.
      out = new PayloadBuffer(Integer.MAX_VALUE - 8);
      outcomes.writeThrown(new IllegalStateException("its outcome cannot be written"), null, out);
    }
    tasks.set(element, null);
    ended.set(element, out);
    if (left.decrementAndGet() == 0) {
      boolean unused = answer.complete(ran());
    }
  }

  private void write(@Nullable Object value, @Nullable Throwable failure, PayloadBuffer out) {
    if (failure instanceof TaskSerializationException e) {
      outcomes.writeUnserializable(e, out);
    } else if (failure != null) {
      outcomes.writeThrown(failure, callType, out);
    } else {
      outcomes.writeReturned(name, value, out);
    }
  }

  private byte[] ran() {
    List<PayloadBuffer> all = new ArrayList<>(ended.length());
    for (int i = 0; i < ended.length(); i++) {
      PayloadBuffer each = ended.get(i);
      if (each != null) {
        all.add(each);
      }
    }
    return Answer.ran(all);
  }

  /** Stops one call, also one that was not submitted yet. */
  void cancel(int element) {
    if (element < 0 || element >= tasks.length()) {
      return;
    }
    stopped.set(element, 1);
    Task<?> task = tasks.get(element);
    if (task != null) {
      boolean unused = task.cancel(true);
    }
  }

  boolean isStopped(int element) {
    return stopped.get(element) == 1;
  }

  /** Stops all of it, also what was not submitted yet. */
  void cancelAll() {
    for (int i = 0; i < tasks.length(); i++) {
      cancel(i);
    }
  }

  /** What an element that is not to run ends with. */
  static Throwable skipped() {
    return new CancellationException();
  }
}

package dev.poolwright.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.Task;
import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.cluster.OutcomesMessage.Ended;
import dev.poolwright.internal.life.Deadlines.Deadline;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.PayloadBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one envelope has a node run: each call is a task of a pool of the node, and the answer goes
 * once all have ended. How some ended is told ahead of it, some milliseconds later, so that tiny
 * calls cost no message.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class NodeRun {
  /** How long an outcome waits for others that go with it. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What is told goes twice: of that no more than 10 MB/s. */
  private static final long NANOS_PER_BYTE = 100;

  /** Of the outcomes in one message, unless a single one is larger. */
  private static final int MOST_BYTES = 1 << 20;

  private final String name;
  private final @Nullable Class<?> callType;
  private final Outcomes outcomes;
  private final AtomicReferenceArray<@Nullable Task<?>> tasks;
  private final AtomicIntegerArray stopped; // 1 for those whose stop has come.
  private final AtomicReferenceArray<@Nullable PayloadBuffer> ended;
  private final AtomicInteger left;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

  private final Life life;
  private final Consumer<List<Ended>> teller;

  /** Whether ends are about to be told of. */
  private final AtomicBoolean isTelling = new AtomicBoolean();

  private volatile long pauseNanos = PAUSE_NANOS;
  private volatile @Nullable Deadline telling;

  @GuardedBy("told")
  private final BitSet told = new BitSet(0);

  /**
   * Nothing runs yet.
   *
   * @param name of the tasks
   * @param callType class of the calls; null when there is none
   * @param count how many calls there are
   * @param outcomes writes how they end
   * @param life of the pool that runs them
   * @param teller tells the caller how some ended; may block
   */
  NodeRun(
      String name,
      @Nullable Class<?> callType,
      int count,
      Outcomes outcomes,
      Life life,
      Consumer<List<Ended>> teller) {
    this.name = name;
    this.callType = callType;
    this.outcomes = outcomes;
    this.tasks = new AtomicReferenceArray<>(count);
    this.stopped = new AtomicIntegerArray(count);
    this.ended = new AtomicReferenceArray<>(count);
    this.left = new AtomicInteger(count);
    this.life = life;
    this.teller = teller;
  }

  /** How all of it ended; it never fails. */
  CompletableFuture<byte[]> answer() {
    return answer;
  }

  /** A call was submitted; its end is looked after from here on. */
  void runs(int element, Task<?> task) {
    has(element, task);
    Task<?> unused =
        task.handle(
            (value, failure) -> {
              end(element, value, failure);
              hasEnded();
              return null;
            });
  }

  /** A call is about to be queued with others, and {@link #over} tells of its end. */
  void runsInChunk(int element, PoolTask<?> task) {
    has(element, task);
  }

  private void has(int element, Task<?> task) {
    tasks.set(element, task);
    if (isStopped(element)) { // Whoever stopped it before found no task.
      boolean unused = task.cancel(true);
    }
  }

  /** The calls of a chunk have ended. */
  void over() {
    for (int i = 0; i < tasks.length(); i++) {
      Task<?> task = tasks.get(i);
      if (task != null) {
        endAs(i, task);
      }
    }
  }

  /** A call of a chunk ends as its task did, once. */
  private void endAs(int element, Task<?> task) {
    if (tasks.compareAndSet(element, task, null)) {
      Task<?> unused =
          task.handle(
              (value, failure) -> {
                end(element, value, failure);
                return null;
              });
    }
  }

  /** Some call has ended: its caller hears of it soon, unless all end before. Never throws. */
  void hasEnded() {
    if (ended.length() > 1 && left.get() > 0 && isTelling.compareAndSet(false, true)) {
      try {
        telling = life.deadlines().after(pauseNanos, () -> life.offThread(this::tell));
      } catch (Throwable e) {
        isTelling.set(false); // The next end tries again, and the answer has all of them.
      }
    }
  }

  private void tell() {
    isTelling.set(false); // First, so that no end is missed.
    for (int i = 0; i < tasks.length() && !answer.isDone(); i++) {
      Task<?> task = tasks.get(i);
      if (task != null && task.isDone()) {
        endAs(i, task);
      }
    }
    List<Ended> all = untold();
    if (!all.isEmpty()) {
      long bytes = all.stream().mapToLong(each -> each.outcome().remaining()).sum();
      pauseNanos = Math.max(PAUSE_NANOS, NANOS_PER_BYTE * bytes);
      teller.accept(all);
      if (bytes >= MOST_BYTES) {
        hasEnded(); // There may be more.
      }
    }
  }

  /** Outcomes that nobody was told of; empty when the answer tells. */
  private List<Ended> untold() {
    List<Ended> all = new ArrayList<>();
    int bytes = 0;
    synchronized (told) {
      for (int i = 0; i < ended.length() && bytes < MOST_BYTES && !answer.isDone(); i++) {
        PayloadBuffer each = told.get(i) ? null : ended.get(i);
        if (each != null) {
          told.set(i);
          ByteBuffer outcome = each.toByteBuffer();
          bytes += outcome.remaining();
          all.add(new Ended(i, outcome));
        }
      }
    }
    return all;
  }

  /** A call has ended, or could not begin. */
  void end(int element, @Nullable Object value, @Nullable Throwable failure) {
    PayloadBuffer out = new PayloadBuffer();
    Throwable why = failure == null ? null : ReadableFailure.unwrapped(failure);
    try {
      outcomes.write(name, value, why, callType, out);
    } catch (Throwable e) {
      // The heap is full: what is left is to say so, with less.
      out = new PayloadBuffer();
      outcomes.writeThrown(new IllegalStateException("its outcome cannot be written"), null, out);
    }
    tasks.set(element, null);
    ended.set(element, out);
    if (left.decrementAndGet() == 0) {
      boolean unused = answer.complete(ran());
      Deadline next = telling;
      if (next != null) {
        next.cancel();
      }
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

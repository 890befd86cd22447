package dev.poolwright.internal.cluster;

import dev.poolwright.internal.access.ReadableFailure;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.task.PoolTask;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that is on its way, as those see it who want to stop a call of it, or know what
 * became of its node.
 *
 * <p><b>Threads:</b> thread-safe; one driver waits.
 */
final class Sending implements AutoCloseable {
  private final Node node;
  private final CallId id;
  private final int count;
  private final IntFunction<@Nullable PoolTask<?>> tasks;
  private final Runnable atEnd;
  private final Thread driver = Thread.currentThread();
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

  /** What the driver has not looked at yet. */
  private final Queue<OutcomesMessage> told = new ConcurrentLinkedQueue<>();

  /**
   * About to be sent, by the thread that drives it.
   *
   * @param tasks by their places, up to the count
   * @param atEnd forgets it
   */
  Sending(
      Node node, CallId id, int count, IntFunction<@Nullable PoolTask<?>> tasks, Runnable atEnd) {
    this.node = node;
    this.id = id;
    this.count = count;
    this.tasks = tasks;
    this.atEnd = atEnd;
  }

  Node node() {
    return node;
  }

  CallId id() {
    return id;
  }

  int count() {
    return count;
  }

  /** The task at a place; null when it is over. */
  @Nullable PoolTask<?> task(int place) {
    return place < 0 || place >= count ? null : tasks.apply(place);
  }

  /** Where a task is; -1 when it is not in it. */
  int placeOf(PoolTask<?> task) {
    for (int i = 0; i < count; i++) {
      if (tasks.apply(i) == task) {
        return i;
      }
    }
    return -1;
  }

  /** What the transport says, the first word counts. */
  void ends(byte @Nullable [] bytes, @Nullable Throwable failure) {
    boolean unused =
        bytes != null
            ? answer.complete(bytes)
            : answer.completeExceptionally(
                failure == null
                    ? new IllegalStateException("no answer")
                    : ReadableFailure.unwrapped(failure));
    LockSupport.unpark(driver);
  }

  /** Some of it has ended, ahead of the answer. */
  void tells(OutcomesMessage message) {
    told.add(message);
    LockSupport.unpark(driver);
  }

  /** Nothing can come any more. */
  void isLost(Throwable why) {
    boolean unused = answer.completeExceptionally(why);
    LockSupport.unpark(driver);
  }

  /** It is over: nobody finds it any more. */
  @Override
  public void close() {
    atEnd.run();
  }

  /**
   * Waits for the answer. By the driver.
   *
   * @param early takes what is told before
   * @throws ExecutionException with what the transport said instead
   */
  byte[] await(Consumer<OutcomesMessage> early) throws ExecutionException {
    while (true) {
      OutcomesMessage next = told.poll();
      if (next != null) {
        early.accept(next);
      } else if (answer.isDone()) {
        return answered();
      } else {
        LockSupport.park(this);
        // Nobody has a reason to interrupt it: a stop reaches the node, which answers.
        boolean unused = Thread.interrupted();
      }
    }
  }

  private byte[] answered() throws ExecutionException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // It is there, so that nobody waits.
    }
  }
}

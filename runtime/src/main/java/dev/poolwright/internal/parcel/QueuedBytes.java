package dev.poolwright.internal.parcel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.task.PoolTask;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the bytes of serialized arguments that wait for a worker JVM; one payload always fits.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class QueuedBytes {
  private final PoolSettings settings;
  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();

  @GuardedBy("lock")
  private long waiting;

  QueuedBytes(PoolSettings settings) {
    this.settings = settings;
    this.most = settings.queueBytes();
  }

  /**
   * Takes room for a payload, as the pool's saturation policy says.
   *
   * @param task for messages, and how long to wait
   * @param bytes of the payload
   * @param isInsider whether the caller must never wait
   * @param isShutdown whether a wait is to end
   */
  void take(PoolTask<?> task, int bytes, boolean isInsider, BooleanSupplier isShutdown) {
    lock.lock();
    try {
      while (waiting > 0 && waiting + bytes > most && !isInsider) {
        if (settings.whenSaturated() == SaturationPolicy.REJECT) {
          throw new PoolSaturatedException(rejection(task, bytes));
        }
        task.awaitRoom(lock, released);
        if (isShutdown.getAsBoolean()) {
          throw new RejectedExecutionException(
              "pool \"" + settings.name() + "\" rejected " + task.name() + ": it is shut down");
        }
      }
      waiting += bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(rejection(task, bytes) + ", and it was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private String rejection(PoolTask<?> task, int bytes) {
    return String.format(
        Locale.ROOT,
        "pool \"%s\" rejected %s: it has %,d bytes, and %,d of %,d (queue-bytes) wait",
        settings.name(),
        task.name(),
        bytes,
        waiting,
        most);
  }

  /** Takes room for a chunk of a batch without a wait: what bounds a batch is its buffer. */
  void add(int bytes) {
    lock.lock();
    try {
      waiting += bytes;
    } finally {
      lock.unlock();
    }
  }

  void release(int bytes) {
    lock.lock();
    try {
      waiting -= bytes;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets waits see that the pool is shut down. */
  void wake() {
    lock.lock();
    try {
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

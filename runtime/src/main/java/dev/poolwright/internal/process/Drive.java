package dev.poolwright.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.task.PoolTask;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One frame of calls on one worker JVM, as those see it who want to stop one of them.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class Drive {
  private final WorkerJvm worker;
  private final long call;

  /** Whether the driver has taken its decision to give the worker back or to reap it. */
  @GuardedBy("this")
  private boolean isOver;

  @GuardedBy("this")
  private Deadlines.@Nullable Deadline killLater;

  /** Places of elements that were not started, and will not be. */
  @GuardedBy("this")
  private final BitSet skipped = new BitSet();

  /** The run word has marks up to here, which the next call must not find. */
  @GuardedBy("this")
  private int marked;

  private final ToIntFunction<PoolTask<?>> places;
  private final boolean isSingle;

  /**
   * A frame that is about to be sent.
   *
   * @param places finds a task in the frame, or returns -1
   * @param isSingle whether it has one element, and is no chunk
   */
  Drive(WorkerJvm worker, long call, ToIntFunction<PoolTask<?>> places, boolean isSingle) {
    this.worker = worker;
    this.call = call;
    this.places = places;
    this.isSingle = isSingle;
  }

  /** Where the frame has a task; -1 when it is not in it. */
  int placeOf(PoolTask<?> task) {
    return places.applyAsInt(task);
  }

  /**
   * What an element does now; empty when the worker does not run it, or does not answer in time.
   */
  List<StackTraceElement> stack(int element, long nanos) {
    return worker.stack(call, element, nanos);
  }

  /** Says to a task of the frame on which worker it runs. */
  void identify(PoolTask<?> task) {
    task.runsOn(worker.name(), worker.pid());
  }

  /** Kills the worker if it runs that element, and has it skipped if it did not start it yet. */
  synchronized void kill(int element) {
    if (!isOver && isSingle) {
      worker.kill();
    } else if (!skip(element) && worker.word().freeze(call, element)) {
      worker.kill();
    }
  }

  /**
   * Has an element skipped, unless it was started.
   *
   * @return whether nothing of it runs, or can run
   */
  synchronized boolean skip(int element) {
    if (isOver || skipped.get(element)) {
      return true;
    }
    marked = Math.max(marked, element + 1);
    worker.word().skip(element);
    if (worker.startedOf(call) <= element) {
      skipped.set(element); // The worker looks at the bit after it said that the element starts.
      return true;
    }
    return false;
  }

  /** Interrupts an element, and does something worse later, unless the call is over. */
  synchronized void interrupt(int element, Deadlines deadlines, long graceNanos, Runnable later) {
    if (!isOver && (isSingle || !skip(element))) {
      worker.interrupt(call, element);
      try {
        killLater = deadlines.after(graceNanos, later);
      } catch (Throwable e) {
        worker.kill(); // There is no thread to be had that would do it later.
      }
    }
  }

  /**
   * Kills the worker because the pool stops, whatever it runs: also what was cancelled without an
   * interrupt, and goes on unseen. A run that was interrupted keeps its grace.
   */
  synchronized void stop() {
    if (!isOver && killLater == null) {
      worker.kill();
    }
  }

  /**
   * The driver has its answer, or none can come: nobody kills the worker for this call any more,
   * and nothing of it is left for the next one.
   */
  synchronized void end() {
    isOver = true;
    worker.word().clearSkips(marked);
    if (killLater != null) {
      killLater.cancel();
    }
  }
}

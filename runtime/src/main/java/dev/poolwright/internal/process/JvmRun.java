package dev.poolwright.internal.process;

import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.process.jvm.WorkerExit;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.task.PoolTask;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run on worker JVMs: the one that it has borrowed, until that is given back or reaped, and the
 * drive by which a stop reaches the frame that is on its way.
 *
 * <p><b>Threads:</b> confined to the driver.
 */
abstract class JvmRun implements WorkerJvm.CallListener {
  final Workers workers;
  final Worker driver;
  private final Map<Thread, Drive> drives;
  private @Nullable WorkerJvm worker;
  private @Nullable Drive drive;

  /**
   * Has none.
   *
   * @param drives by their drivers, for those who want to stop a run
   */
  JvmRun(Map<Thread, Drive> drives, Workers workers, Worker driver) {
    this.drives = drives;
    this.workers = workers;
    this.driver = driver;
  }

  /** The worker JVM at hand; null when there is none. */
  final @Nullable WorkerJvm worker() {
    return worker;
  }

  /** As {@link Workers#borrow}. */
  final WorkerJvm borrow(PoolTask<?> task, BooleanSupplier isWanted) {
    WorkerJvm borrowed = workers.borrow(task, isWanted);
    worker = borrowed;
    return borrowed;
  }

  /**
   * Lets a stop reach a frame that is about to be sent. Whoever ended a task of it before found no
   * drive, and stopped nothing; so the caller looks once more whether it is wanted.
   *
   * @param places finds a task in the frame, or returns -1
   * @param isSingle whether it has one element, and is no chunk
   */
  final Drive publish(
      WorkerJvm borrowed, long call, ToIntFunction<PoolTask<?>> places, boolean isSingle) {
    Drive next = new Drive(borrowed, call, places, isSingle);
    drive = next;
    drives.put(driver.thread(), next);
    return next;
  }

  /** The drive of the frame; null when none is on its way. */
  final @Nullable Drive drive() {
    return drive;
  }

  /** The frame has its answer, or none can come. A second call does nothing. */
  final void endDrive() {
    Drive now = drive;
    if (now != null) {
      now.end();
      drives.remove(driver.thread());
      drive = null;
    }
  }

  /**
   * Gives the worker JVM back that has answered: before its last task ends, so that whoever goes on
   * after that finds it idle.
   *
   * @return false when it was not taken and is about to end; {@link #reap} follows then
   */
  final boolean giveBack(WorkerJvm borrowed) {
    boolean isBack = workers.giveBack(borrowed);
    if (isBack) {
      worker = null;
    } else {
      workers.retire(borrowed);
    }
    return isBack;
  }

  /** Sees the worker JVM off, unless that is done or it was taken back. */
  final void reapUnless(boolean isOff, WorkerJvm borrowed) {
    if (!isOff) {
      WorkerExit unused = reap(borrowed);
    }
  }

  /** As {@link Workers#reap}. */
  final WorkerExit reap(WorkerJvm dead) {
    worker = null; // Whatever that throws: it is off the books.
    return workers.reap(dead);
  }

  /** Nobody knows what has happened to the worker JVM: it is not used again. Throws nothing. */
  final void killLost() {
    Guard.run(() -> "end of a run", this::endDrive);
    WorkerJvm lost = worker;
    if (lost != null) {
      worker = null;
      workers.killLost(lost);
    }
  }
}

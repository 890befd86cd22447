package dev.poolwright.internal.process;

import dev.poolwright.TaskProgress;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.process.jvm.WorkerExit;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.Tries;
import dev.poolwright.internal.wire.Outcomes.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has a worker JVM run one task, and another one when that had died before it began, or died and
 * the task may be tried again.
 *
 * <p><b>Threads:</b> confined to the driver.
 */
final class CallRun implements WorkerJvm.CallListener {
  private final ProcessRunner runner;
  private final Workers workers;
  private final PoolTask<?> task;
  private final Worker driver;
  private final Tries retries;
  private boolean isBegun;
  private boolean isTriedAgain;
  private boolean isOver;

  /** Worker JVMs that died before the call began, in a row. */
  private int unstarted;

  // Of the worker JVM at hand, until that is given back or reaped.
  private @Nullable WorkerJvm worker;
  private @Nullable Drive drive;

  private @Nullable Parcel parcel;
  private @Nullable Ending outcome;

  CallRun(ProcessRunner runner, Workers workers, PoolTask<?> task, Worker driver) {
    this.runner = runner;
    this.workers = workers;
    this.task = task;
    this.driver = driver;
    this.retries = new Tries(task.site());
  }

  void run() {
    driver.driving(true);
    try {
      runOnSome();
    } catch (Throwable e) {
      endFailed(e);
    } finally {
      driver.driving(false);
    }
  }

  private void runOnSome() {
    boolean isEnded = false;
    while (!isEnded) {
      WorkerJvm borrowed = workers.borrow(task, task::isWanted);
      worker = borrowed;
      task.runsOn(borrowed.name(), borrowed.pid());
      if (!isBegun && !task.begin()) {
        isOver = true;
        if (!workers.giveBack(borrowed)) {
          workers.retireAndReap(borrowed);
        }
        return;
      }
      if (isTriedAgain) {
        isTriedAgain = false;
        task.beginAgain();
      }
      isBegun = true;
      isEnded = drive(borrowed);
    }
  }

  /** Has one worker JVM run the task; false when that has died, and another is to. */
  private boolean drive(WorkerJvm borrowed) {
    long call = runner.nextCall();
    drive = new Drive(borrowed, call, other -> other == task ? 0 : -1, true);
    runner.drives().put(driver.thread(), drive);
    boolean isAnswered = false;
    try {
      // Looked at once more: whoever ended the task meanwhile found no drive, and stopped nothing.
      if (task.isWanted() && task.call() instanceof Parcel prepared) {
        parcel = prepared;
        prepared.dropped();
        ByteBuffer bytes = prepared.bytes().duplicate();
        ByteBuffer length = ByteBuffer.allocate(4).putInt(0, bytes.remaining());
        borrowed.exchange(call, ProcessRunner.header(task, prepared), 1, this, length, bytes);
      }
      isAnswered = true;
    } catch (IOException e) {
      ProcessRunner.killIfLost(borrowed, e);
    } catch (Throwable e) {
      borrowed.killProcess(); // What it answered cannot be taken in: nothing more can be either.
      outcome = new Ending(null, e);
    }
    endDrive();
    if (isAnswered && !borrowed.isKilled()) {
      // Given back first, so that whoever goes on after the task finds it idle.
      boolean isBack = workers.giveBack(borrowed);
      if (isBack) {
        worker = null;
      } else {
        workers.retire(borrowed);
      }
      end(outcome);
      if (!isBack) {
        WorkerExit unused = reap(borrowed);
      }
      return true;
    }
    WorkerExit exit = reap(borrowed);
    if (outcome != null) {
      end(outcome); // It was killed with its answer on the way, or as that could not be read.
      return true;
    }
    if (borrowed.isKilled()) {
      end(new Ending(null, workers.stopped()));
      return true;
    }
    if (borrowed.startedOf(call) == 0 && ++unstarted < ProcessRunner.MOST_TRIES) {
      return false;
    }
    WorkerCrashedException crash = exit.toException(task.name(), borrowed.endedOf(call) > 0);
    if (task.isWanted() && retries.isTriedAgain(crash)) {
      unstarted = 0;
      isTriedAgain = true;
      task.awaitsAgain();
      return false;
    }
    workers.breaker().crashed(crash);
    end(new Ending(null, retries.last(crash)));
    return true;
  }

  private void endDrive() {
    Drive now = drive;
    if (now != null) {
      now.end();
      runner.drives().remove(driver.thread());
      drive = null;
    }
  }

  private WorkerExit reap(WorkerJvm dead) {
    worker = null; // Whatever that throws: it is off the books.
    return workers.reap(dead);
  }

  /** No worker could be had, or nobody knows what has happened to it: it is not used again. */
  private void endFailed(Throwable failure) {
    Guard.run(() -> "end of a run", this::endDrive);
    WorkerJvm lost = worker;
    if (lost != null) {
      worker = null;
      workers.killLost(lost);
    }
    Guard.run(
        () -> "end of a task",
        () -> {
          if (!isOver && (isBegun || task.begin())) {
            end(new Ending(null, retries.last(failure)));
          }
        });
  }

  /** Ends the run; without an outcome somebody else ended the task before there was an answer. */
  private void end(@Nullable Ending how) {
    isOver = true;
    Parcels.end(task, how, driver);
  }

  @Override
  public void ended(int element, ByteBuffer bytes) throws IOException {
    outcome =
        runner.read(task, Objects.requireNonNull(parcel), Objects.requireNonNull(worker), bytes);
  }

  @Override
  public void progress(int element, TaskProgress progress) {
    task.reportProgress(progress);
  }
}

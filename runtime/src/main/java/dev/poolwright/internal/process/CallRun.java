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
final class CallRun extends JvmRun {
  private final ProcessRunner runner;
  private final PoolTask<?> task;
  private final Tries retries;
  private boolean isBegun;
  private boolean isTriedAgain;
  private boolean isOver;

  /** Worker JVMs that died before the call began, in a row. */
  private int unstarted;

  private @Nullable Parcel parcel;
  private @Nullable Ending outcome;

  CallRun(ProcessRunner runner, Workers workers, PoolTask<?> task, Worker driver) {
    super(runner.drives(), workers, driver);
    this.runner = runner;
    this.task = task;
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
      WorkerJvm borrowed = borrow(task, task::isWanted);
      task.runsOn(borrowed.name(), borrowed.pid());
      if (!isBegun && !task.begin()) {
        isOver = true;
        reapUnless(giveBack(borrowed), borrowed);
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
    Drive unused = publish(borrowed, call, other -> other == task ? 0 : -1, true);
    boolean isAnswered = false;
    try {
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
      boolean isBack = giveBack(borrowed);
      end(outcome);
      reapUnless(isBack, borrowed);
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

  /** No worker could be had, or nobody knows what has happened to it. */
  private void endFailed(Throwable failure) {
    killLost();
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
        runner.read(task, Objects.requireNonNull(parcel), Objects.requireNonNull(worker()), bytes);
  }

  @Override
  public void progress(int element, TaskProgress progress) {
    task.reportProgress(progress);
  }
}

package dev.poolwright.internal.process;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.TaskProgress;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.WorkerStartException;
import dev.poolwright.internal.crew.WorkerThread;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.wire.Outcomes.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Has a worker JVM run one task, and another one when that had died before it began.
 *
 * <p><b>Threads:</b> confined to the driver.
 */
final class CallRun implements WorkerJvm.CallListener {
  private final ProcessRunner runner;
  private final Workers workers;
  private final PoolTask<?> task;
  private final WorkerThread driver;
  private @Nullable WorkerJvm worker;
  private @Nullable Parcel parcel;
  private @Nullable Outcome outcome;

  CallRun(ProcessRunner runner, Workers workers, PoolTask<?> task, WorkerThread driver) {
    this.runner = runner;
    this.workers = workers;
    this.task = task;
    this.driver = driver;
  }

  void run() {
    driver.driving(true);
    try {
      runOnSome();
    } finally {
      driver.driving(false);
    }
  }

  private void runOnSome() {
    boolean isBegun = false;
    for (int tries = 1; tries <= ProcessRunner.MOST_TRIES; tries++) {
      WorkerJvm borrowed;
      try {
        borrowed = workers.borrow(task);
      } catch (WorkerStartException | BrokenPoolException | CancellationException e) {
        if (isBegun || task.begin()) {
          end(new Outcome(null, e));
        }
        return;
      }
      if (!isBegun && !task.begin()) {
        if (!workers.giveBack(borrowed)) {
          workers.dismiss(borrowed);
        }
        return;
      }
      isBegun = true;
      if (drive(borrowed, tries == ProcessRunner.MOST_TRIES)) {
        return;
      }
    }
  }

  /** Has one worker JVM run the task; false when that had died before, and another may. */
  private boolean drive(WorkerJvm borrowed, boolean isLast) {
    worker = borrowed;
    long call = runner.nextCall();
    Drive drive = new Drive(borrowed, call, other -> other == task ? 0 : -1, true);
    runner.drives().put(driver, drive);
    boolean isAnswered = false;
    try {
      if (task.call() instanceof Parcel prepared) {
        parcel = prepared;
        prepared.dropped();
        ByteBuffer bytes = prepared.bytes().duplicate();
        ByteBuffer length = ByteBuffer.allocate(4).putInt(0, bytes.remaining());
        borrowed.exchange(call, ProcessRunner.header(task, prepared), 1, this, length, bytes);
      }
      isAnswered = true;
    } catch (IOException e) {
      ProcessRunner.endIfLost(borrowed, e);
    } catch (RuntimeException | Error e) {
      borrowed.endProcess(); // What it answered cannot be taken in: nothing more can be either.
      outcome = new Outcome(null, e);
    }
    drive.end();
    runner.drives().remove(driver);
    if (isAnswered && !borrowed.isKilled()) {
      // Given back first, so that whoever goes on after the task finds it idle.
      boolean isBack = workers.giveBack(borrowed);
      if (!isBack) {
        workers.retire(borrowed);
      }
      end(outcome);
      if (!isBack) {
        WorkerDeath unused = workers.bury(borrowed);
      }
      return true;
    }
    WorkerDeath death = workers.bury(borrowed);
    if (outcome != null) {
      end(outcome); // It was killed with its answer on the way, or as that could not be read.
      return true;
    }
    if (borrowed.isKilled()) {
      end(new Outcome(null, workers.stopped()));
      return true;
    }
    if (!isLast && borrowed.startedOf(call) == 0) {
      return false;
    }
    WorkerCrashedException crash = death.toException(task.name(), borrowed.endedOf(call) > 0);
    workers.breaker().crashed(crash);
    end(new Outcome(null, crash));
    return true;
  }

  /** Ends the run; without an outcome somebody else ended the task before there was an answer. */
  private void end(@Nullable Outcome how) {
    driver.driving(false); // Callbacks may wait for whatever they like.
    if (how != null) {
      ProcessRunner.complete(task, how);
    }
    task.runEnded();
    driver.driving(true);
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

package dev.poolwright.internal.cluster;

import dev.poolwright.NoWorkerException;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.Retries;
import dev.poolwright.internal.wire.Outcomes.Outcome;
import dev.poolwright.spi.ClusterTransport.NotSentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Has a node run one task, and another one as long as none has taken it.
 *
 * <p><b>Threads:</b> confined to the driver.
 */
final class CallSend {
  private final ClusterRunner runner;
  private final PoolTask<?> task;
  private final Worker driver;
  private final Retries retries;
  private boolean isBegun;
  private boolean isTriedAgain;

  CallSend(ClusterRunner runner, PoolTask<?> task, Worker driver) {
    this.runner = runner;
    this.task = task;
    this.driver = driver;
    this.retries = new Retries(task.site());
  }

  void run() {
    boolean isOver = false;
    while (!isOver) {
      Node node;
      try {
        node = runner.borrow(task);
      } catch (NoWorkerException | CancellationException e) {
        if (isBegun || task.begin()) {
          end(new Outcome(null, retries.last(e)));
        }
        return;
      }
      if (node == null) {
        if (isBegun) {
          end(null);
        }
        return;
      }
      if (!isBegun && !task.begin()) {
        runner.giveBack(node);
        return;
      }
      isBegun = true;
      if (isTriedAgain) {
        isTriedAgain = false;
        task.beginAgain();
      }
      isOver = drive(node);
    }
  }

  /** Has one node run the task; false when it did not begin there, and another may have it. */
  private boolean drive(Node node) {
    if (!(task.call() instanceof Parcel parcel)) {
      runner.giveBack(node);
      end(null); // Somebody ended it meanwhile.
      return true;
    }
    Drive drive = runner.open(node, 1, place -> task);
    if (!task.isWanted()) { // Whoever ended it before this found nothing to interrupt.
      runner.close(drive);
      runner.giveBack(node);
      end(null);
      return true;
    }
    Answer answer = null;
    Outcome outcome = null;
    try {
      ByteBuffer bytes = parcel.bytes().duplicate();
      ByteBuffer call = ByteBuffer.allocate(4 + bytes.remaining());
      call.putInt(bytes.remaining()).put(bytes).flip();
      runner.send(drive, task, parcel, 1, call);
      answer = Answer.read(drive.await());
      outcome = outcome(answer, parcel, node);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      if (why instanceof NotSentException) {
        runner.close(drive);
        runner.notSent(node);
        return false;
      }
      if (!(why instanceof CancellationException)) {
        why = runner.lost(task, node, why);
      }
      outcome = new Outcome(null, why);
    } catch (IOException | RuntimeException | Error e) {
      outcome = new Outcome(null, e);
    }
    runner.close(drive);
    if (answer != null && outcome == null) {
      runner.notTaken(node, answer);
      return false;
    }
    runner.giveBack(node);
    Throwable failure = outcome == null ? null : outcome.failure();
    if (failure != null && task.isWanted() && retries.isTriedAgain(failure)) {
      isTriedAgain = true;
      task.awaitsAgain();
      return false;
    }
    parcel.dropped();
    end(failure == null ? outcome : new Outcome(null, retries.last(failure)));
    return true;
  }

  private @Nullable Outcome outcome(Answer answer, Parcel parcel, Node node) throws IOException {
    return switch (answer.kind()) {
      case RAN -> runner.read(task, parcel, node, answer.next());
      case REFUSED -> new Outcome(null, ClusterRunner.refused(task, node, answer.text()));
      case REPEATED -> new Outcome(null, runner.lost(task, node, null));
      case BUSY, LEAVING -> null;
    };
  }

  /** Ends the run; without an outcome somebody else ended the task before there was an answer. */
  private void end(@Nullable Outcome how) {
    driver.driving(false); // Callbacks may wait for whatever they like.
    if (how != null) {
      Parcels.complete(task, how);
    }
    task.runEnded();
    driver.driving(true);
  }
}

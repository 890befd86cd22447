package dev.poolwright.internal.cluster;

import dev.poolwright.NoWorkerException;
import dev.poolwright.internal.cluster.Nodes.Credit;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.parcel.Parcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.Tries;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.ProtocolDesyncException;
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
  private final Tries retries;
  private boolean isBegun;
  private boolean isTriedAgain;

  CallSend(ClusterRunner runner, PoolTask<?> task, Worker driver) {
    this.runner = runner;
    this.task = task;
    this.driver = driver;
    this.retries = new Tries(task.site());
  }

  void run() {
    boolean isOver = false;
    while (!isOver) {
      Credit credit;
      try {
        credit = runner.borrow(task, task::isWanted);
      } catch (NoWorkerException | CancellationException e) {
        if (isBegun || task.begin()) {
          Parcels.end(task, new Ending(null, retries.last(e)), driver);
        }
        return;
      }
      isOver = drive(credit);
    }
  }

  /** Has one node run the task; false when it is to be sent once more. */
  private boolean drive(Credit credit) {
    Ending outcome = null;
    isTriedAgain = false;
    try (credit) {
      Node node = credit.node();
      // Somebody may have ended it meanwhile.
      if (node != null && begin(node) && task.call() instanceof Parcel parcel) {
        outcome = send(credit, node, parcel);
      }
    }
    if (isTriedAgain) {
      task.awaitsAgain();
      return false;
    }
    if (isBegun) {
      Throwable failure = outcome == null ? null : outcome.failure();
      Ending last = failure == null ? outcome : new Ending(null, retries.last(failure));
      Parcels.end(task, last, driver);
    }
    return true;
  }

  /** Whether the task is to run; each time with its whole limit. */
  private boolean begin(Node node) {
    task.runsOn(node.name(), 0);
    if (isBegun) {
      task.beginAgain();
    } else {
      isBegun = task.begin();
    }
    return isBegun;
  }

  private @Nullable Ending send(Credit credit, Node node, Parcel parcel) {
    Ending outcome;
    try (Sending sending = runner.open(node, 1, place -> task)) {
      if (!task.isWanted()) {
        return null; // Whoever ended it before this found nothing to interrupt.
      }
      Answer answer = runner.ask(credit, sending, task, parcel, 1, frame(parcel), told -> {});
      if (answer == null) {
        isTriedAgain = true;
        return null;
      }
      outcome = outcome(answer, parcel, node);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      outcome =
          new Ending(
              null, why instanceof CancellationException ? why : runner.lost(task, node, why));
    } catch (IOException | RuntimeException | Error e) {
      outcome = new Ending(null, e);
    }
    Throwable failure = outcome.failure();
    isTriedAgain = failure != null && task.isWanted() && retries.isTriedAgain(failure);
    if (!isTriedAgain) {
      parcel.dropped();
    }
    return outcome;
  }

  private static ByteBuffer frame(Parcel parcel) {
    ByteBuffer bytes = parcel.bytes().duplicate();
    return ByteBuffer.allocate(4 + bytes.remaining()).putInt(bytes.remaining()).put(bytes).flip();
  }

  private Ending outcome(Answer answer, Parcel parcel, Node node) throws IOException {
    return switch (answer.kind()) {
      case RAN -> runner.read(task, parcel, node, answer.next());
      case REFUSED -> new Ending(null, ClusterRunner.refused(task, node, answer.text()));
      case REPEATED -> new Ending(null, runner.lost(task, node, null));
      case BUSY, LEAVING -> throw new ProtocolDesyncException("none has begun");
    };
  }
}

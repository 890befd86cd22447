package dev.poolwright.internal.cluster;

import dev.poolwright.NoWorkerException;
import dev.poolwright.WorkerLostException;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.cluster.Nodes.Credit;
import dev.poolwright.internal.cluster.Nodes.Node;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.parcel.ChunkParcel;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.task.PoolTask;
import dev.poolwright.internal.task.Tries;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.ProtocolDesyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Has nodes run a chunk, a segment of it at a time. All elements of a delivery count as begun once
 * it was sent: of those of which nothing was told when their node is lost, nobody knows which have
 * run. Those that were told of before stay as they are.
 *
 * <p>Elements that have a time limit are sent one by one, because their limits count from then.
 *
 * <p><b>Threads:</b> confined to the driver, but for the look-up of places.
 */
final class ChunkSend {
  private final ClusterRunner runner;
  private final ChunkTask chunk;
  private final Worker driver;
  private final boolean[] isBegun;

  /** Elements whose calls are in the part that is sent, and not left out. */
  private final BitSet sent = new BitSet();

  /** Those that wait to be sent once more. */
  private final BitSet again = new BitSet(0);

  /** Of elements whose nodes were lost. */
  private final Tries.OfElements retries = new Tries.OfElements();

  ChunkSend(ClusterRunner runner, ChunkTask chunk, Worker driver) {
    this.runner = runner;
    this.chunk = chunk;
    this.driver = driver;
    this.isBegun = new boolean[chunk.size()];
  }

  void run(ChunkParcel parcel) throws ProtocolDesyncException {
    try {
      long start = chunk.now();
      for (ChunkParcel.Segment each : parcel.segments()) {
        PoolTask<?> first = chunk.element(each.from);
        int step = first != null && first.site().limitNanos() > 0 ? 1 : each.to() - each.from;
        for (int from = each.from; from < each.to(); from += step) {
          runPart(each, from, Math.min(each.to(), from + step));
        }
      }
      chunk.measured(chunk.now() - start);
    } finally {
      driver.driving(false);
    }
    chunk.runIsOver();
  }

  private void runPart(ChunkParcel.Segment segment, int from, int to)
      throws ProtocolDesyncException {
    try {
      boolean isOver = false;
      while (!isOver && chunk.isAnyWanted(from, to)) {
        isOver = drive(segment, from, to, runner.borrow(chunk, () -> chunk.isAnyWanted(from, to)));
      }
      if (!isOver) {
        endAll(from, to, null);
      }
    } catch (NoWorkerException | CancellationException e) {
      endAll(from, to, e);
    }
  }

  /** Has one node run a part; false when some of it is to be sent once more. */
  private boolean drive(ChunkParcel.Segment segment, int from, int to, Credit credit)
      throws ProtocolDesyncException {
    Answer answer;
    Throwable failure = null;
    Node node;
    PoolTask<?> first;
    try (credit) {
      node = credit.node();
      ByteBuffer calls = node == null ? null : begun(segment, from, to, node);
      first = first(from, to);
      if (node == null || calls == null || first == null) {
        credit.close(); // Callbacks may wait for whatever they like.
        endAll(from, to, null);
        return true;
      }
      try (Sending sending = runner.open(node, to - from, place -> chunk.element(from + place))) {
        interruptEnded(sending, from, to);
        answer =
            runner.ask(
                credit,
                sending,
                first,
                segment.common,
                to - from,
                calls,
                told -> answeredEarly(segment, from, to, node, told));
        if (answer == null) {
          sendAgain(from, to);
          return false;
        }
      } catch (ExecutionException e) {
        answer = null;
        failure = e.getCause();
      }
    }
    if (failure instanceof CancellationException) {
      endAll(from, to, failure);
    } else if (answer == null || answer.kind() == Answer.Kind.REPEATED) {
      return !tryAgain(from, to, runner.lost(first, node, failure));
    } else if (answer.kind() == Answer.Kind.REFUSED) {
      endAll(from, to, ClusterRunner.refused(first, node, answer.text()));
    } else {
      answered(segment, from, to, node, answer);
    }
    return true;
  }

  /** No node took them: their limits count anew when one does. */
  private void sendAgain(int from, int to) {
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element != null && isBegun[i]) {
        again.set(i);
        element.awaitsAgain();
      }
    }
  }

  /** Whoever ended an element before this could be seen found nothing to stop: it is not to run. */
  private void interruptEnded(Sending sending, int from, int to) {
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (sent.get(i) && element != null && !element.isWanted()) {
        runner.interrupt(sending, i - from);
      }
    }
  }

  /** Whether some elements are sent once more; those that have had all their tries fail. */
  private boolean tryAgain(int from, int to, WorkerLostException lost) {
    boolean isAgain = false;
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element != null && element.isWanted() && retries.isTriedAgain(i, element, lost)) {
        isAgain = true;
        again.set(i);
        element.awaitsAgain();
      } else {
        endAll(i, i + 1, lost);
      }
    }
    return isAgain;
  }

  private void answered(ChunkParcel.Segment segment, int from, int to, Node node, Answer answer) {
    driver.driving(false); // Callbacks may wait for whatever they like.
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      Ending outcome;
      try {
        outcome = outcome(segment, element, node, answer.next());
      } catch (ProtocolDesyncException e) {
        outcome = new Ending(null, e);
      }
      end(i, element, outcome);
    }
    driver.driving(true);
  }

  private @Nullable Ending outcome(
      ChunkParcel.Segment segment, @Nullable PoolTask<?> element, Node node, ByteBuffer bytes) {
    if (element == null || element.isDone()) {
      return null;
    }
    try {
      return runner.read(element, segment.common, node, bytes);
    } catch (IOException | RuntimeException | Error e) {
      return new Ending(null, e);
    }
  }

  /**
   * Ends some while others run. One that was ended here has to wait: on the node it counts as ended
   * as soon as it is told to stop.
   */
  private void answeredEarly(
      ChunkParcel.Segment segment, int from, int to, Node node, OutcomesMessage told) {
    for (OutcomesMessage.Ended each : told.all()) {
      int at = from + each.element();
      PoolTask<?> element = at < from || at >= to || !sent.get(at) ? null : chunk.element(at);
      Ending outcome = outcome(segment, element, node, each.outcome());
      if (element != null && outcome != null) {
        Parcels.complete(element, outcome);
        element.runEndedAside(); // What a callback waits for may need the place that is held here.
        if (element.isDone()) {
          chunk.forget(at);
        }
      }
    }
  }

  private @Nullable PoolTask<?> first(int from, int to) {
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element != null && isBegun[i]) {
        return element;
      }
    }
    return null;
  }

  /** The calls of those elements that are to run. */
  private ByteBuffer begun(ChunkParcel.Segment segment, int from, int to, Node node) {
    boolean areAllBegun = true;
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element != null && !isBegun[i]) {
        element.runsOn(node.name(), 0);
        isBegun[i] = element.begin();
      } else if (element != null && again.get(i)) {
        element.runsOn(node.name(), 0);
        again.clear(i);
        element.beginAgain();
      }
      areAllBegun &= isBegun[i] && element != null && !element.isDone();
    }
    sent.set(from, to, areAllBegun);
    if (areAllBegun) {
      return segment.slice(from, to);
    }
    PayloadBuffer out = new PayloadBuffer();
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element == null || element.isDone() || !isBegun[i]) {
        out.putInt(-1);
      } else {
        sent.set(i);
        out.write(segment.slice(i, i + 1));
      }
    }
    return out.toByteBuffer();
  }

  private void endAll(int from, int to, @Nullable Throwable failure) {
    driver.driving(false);
    for (int i = from; i < to; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element != null && failure != null && !isBegun[i]) {
        isBegun[i] = element.begin();
      }
      end(i, element, failure == null ? null : new Ending(null, retries.last(i, failure)));
    }
    driver.driving(true);
  }

  private void end(int place, @Nullable PoolTask<?> element, @Nullable Ending outcome) {
    if (element == null) {
      return;
    }
    if (isBegun[place]) {
      if (outcome != null) {
        Parcels.complete(element, outcome);
      }
      element.runEnded();
    }
    if (element.isDone()) {
      chunk.forget(place);
    }
  }
}

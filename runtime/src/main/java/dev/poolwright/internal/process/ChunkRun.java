package dev.poolwright.internal.process;

import dev.poolwright.TaskProgress;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.batch.ChunkTask;
import dev.poolwright.internal.crew.Worker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.parcel.ChunkParcel;
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
 * Has worker JVMs run a chunk: one frame, or several when a worker dies, when the elements are too
 * large or too many for one, or when a worker has run enough.
 *
 * <p>An element is taken to run when the one before it has answered. After the death of a worker
 * its run word says which elements ended (their answers are lost), which one ran (it fails) and
 * which were never started: another worker gets those.
 *
 * <p><b>Threads:</b> confined to the driver, but for the look-up of places.
 */
final class ChunkRun extends JvmRun {
  private final ProcessRunner runner;
  private final ChunkTask chunk;

  // Of the frame that is on its way.
  private ChunkParcel.@Nullable Segment segment;
  private int base;
  private int end;

  private boolean isLastAnswered;

  /** Of the last element of the frame; null when nobody waits for it. */
  private @Nullable Ending lastOutcome;

  /** The first element that has not answered. */
  private int next;

  /** By element, of those whose worker JVM died. */
  private final Tries.OfElements retries = new Tries.OfElements();

  /** Whether the next frame begins with an element that is tried again. */
  private boolean isTriedAgain;

  /** The element that was begun last; it or the one before it is {@link #next}. */
  private int begun = -1;

  ChunkRun(ProcessRunner runner, Workers workers, ChunkTask chunk, Worker driver) {
    super(runner.drives(), workers, driver);
    this.runner = runner;
    this.chunk = chunk;
  }

  void run(ChunkParcel parcel) {
    long start = chunk.now();
    driver.driving(true);
    for (ChunkParcel.Segment each : parcel.segments()) {
      segment = each;
      next = each.from;
      try {
        runSegment(each);
      } catch (Throwable e) {
        chunk.watch(null);
        killLost();
        failUntil(each.to(), e); // The next ones may have more luck.
      }
    }
    chunk.measured(chunk.now() - start);
  }

  private void runSegment(ChunkParcel.Segment each) {
    int tries = 0;
    while (skipDone(each.to())) {
      WorkerJvm borrowed = borrow(chunk, () -> chunk.isAnyWanted(next, each.to()));
      int before = next;
      PoolTask<?> again = isTriedAgain && begun == next ? chunk.element(next) : null;
      isTriedAgain = false;
      if (again != null) {
        again.beginAgain();
      }
      Throwable crash = runFrame(each, borrowed);
      tries = next > before || isTriedAgain ? 0 : tries + 1;
      if (workers.isStopped()) {
        failUntil(each.to(), workers.stopped());
      } else if (crash != null && tries == ProcessRunner.MOST_TRIES) {
        failUntil(next + 1, crash);
        tries = 0;
      }
    }
  }

  /** Goes on to the first element that is to be run; false when there is none. */
  private boolean skipDone(int to) {
    while (next < to) {
      PoolTask<?> element = chunk.element(next);
      if (element != null && element.isWanted()) {
        return true;
      }
      over(element);
    }
    return false;
  }

  private void failUntil(int to, Throwable failure) {
    while (next < to) {
      PoolTask<?> element = chunk.element(next);
      Guard.run(
          () -> "end of an element",
          () -> {
            if (element != null && (begun == next || begin(element))) {
              boolean unused = element.fail(retries.last(next, failure));
            }
          });
      over(element);
    }
  }

  private boolean begin(PoolTask<?> element) {
    WorkerJvm on = worker();
    if (on != null) {
      element.runsOn(on.name(), on.pid());
    }
    boolean isBegun = element.begin();
    if (isBegun) {
      begun = next;
    }
    return isBegun;
  }

  /** The next element has ended, and nothing of it runs any more. */
  private void over(@Nullable PoolTask<?> element) {
    int at = next++;
    if (element != null) {
      if (begun == at) {
        Guard.run(() -> "end of an element", element::runEnded);
      }
      if (element.isDone()) {
        chunk.forget(at);
      }
    }
  }

  // ---- one frame

  /** Why it ended early; null when the worker JVM answered. */
  private @Nullable Throwable runFrame(ChunkParcel.Segment each, WorkerJvm borrowed) {
    long call = runner.nextCall();
    base = next;
    end = Math.min(each.to(), base + workers.mostElements(borrowed));
    Drive now = publish(borrowed, call, this::placeOf, false);
    chunk.watch(
        element -> {
          int place = placeOf(element);
          boolean unused = place < 0 || now.skip(place);
        });
    boolean isBroken = false;
    Throwable unexpected = null;
    isLastAnswered = false;
    try {
      skipDoneOnes(now);
      beginNext();
      PoolTask<?> first = chunk.element(base);
      if (first != null) {
        ByteBuffer header = ProcessRunner.header(first, each.common);
        borrowed.exchange(call, header, end - base, this, each.slice(base, end));
      }
    } catch (IOException e) {
      isBroken = true;
      ProcessRunner.killIfLost(borrowed, e);
    } catch (Throwable e) {
      isBroken = true;
      unexpected = e;
      borrowed.killProcess(); // What it answered cannot be taken in: nothing more can be either.
    }
    chunk.watch(null);
    endDrive();
    if (isBroken) {
      return frameFailed(borrowed, call, unexpected);
    }
    boolean isOff = borrowed.isKilled();
    if (isOff) {
      WorkerExit unused = reap(borrowed);
    } else {
      isOff = giveBack(borrowed);
    }
    if (isLastAnswered) {
      answered(end - 1, lastOutcome);
    }
    reapUnless(isOff, borrowed);
    return null;
  }

  private void skipDoneOnes(Drive now) {
    // Begun in a frame before: whoever ended it meanwhile found no drive, and stopped nothing.
    PoolTask<?> first = begun == base ? chunk.element(base) : null;
    if (first != null && !first.isWanted()) {
      boolean unused = now.skip(0);
    }
    if (base == 0 && chunk.done() == 0) {
      return; // Whoever ends one from here on finds the watcher.
    }
    for (int i = base; i < end; i++) {
      PoolTask<?> element = chunk.element(i);
      if (element == null || !element.isWanted()) {
        boolean unused = now.skip(i - base);
      }
    }
  }

  /** Takes the next element to be running now. One that was cancelled before is stopped. */
  private void beginNext() {
    PoolTask<?> element = next < end && begun < next ? chunk.element(next) : null;
    Drive now = drive();
    if (element != null && !begin(element) && now != null) {
      runner.stop(now, next - base);
    }
  }

  private Throwable frameFailed(WorkerJvm dead, long call, @Nullable Throwable unexpected) {
    WorkerExit exit = reap(dead);
    int endedBefore = base + dead.endedOf(call);
    int startedBefore = base + dead.startedOf(call);
    String name = chunk.name();
    if (unexpected != null) {
      failUntil(startedBefore, unexpected);
      return unexpected;
    }
    boolean isOwnEnd = !dead.isKilled();
    if (isOwnEnd && tryAgain(startedBefore, exit.toException(name, next < endedBefore))) {
      return exit.toException(name, false);
    }
    if (next < endedBefore) {
      WorkerCrashedException lost = exit.toException(name, true);
      failUntil(endedBefore, lost);
    }
    WorkerCrashedException crash = exit.toException(name, false);
    if (isOwnEnd) {
      workers.breaker().crashed(crash);
    }
    if (next < startedBefore) {
      failUntil(startedBefore, crash);
    }
    return crash;
  }

  /**
   * Whether the first element without an answer is tried again, and with it those that had begun
   * after it; one of them that has had all its tries fails now.
   *
   * @param started where those end that had begun
   */
  private boolean tryAgain(int started, WorkerCrashedException crash) {
    PoolTask<?> first = next < started ? chunk.element(next) : null;
    if (first == null || !first.isWanted() || !retries.isTriedAgain(next, first, crash)) {
      return false;
    }
    isTriedAgain = true;
    if (begun == next) {
      first.awaitsAgain();
    }
    for (int i = next + 1; i < started; i++) {
      PoolTask<?> other = chunk.element(i);
      if (other != null && !retries.isTriedAgain(i, other, crash) && other.begin()) {
        boolean unused = other.fail(crash);
        other.runEnded();
      }
    }
    return true;
  }

  // ---- what comes back

  @Override
  public void ended(int place, ByteBuffer bytes) throws IOException {
    PoolTask<?> element = chunk.element(base + place);
    Ending outcome = null;
    if (element != null && !element.isDone()) {
      beginNext();
      outcome =
          runner.read(
              element,
              Objects.requireNonNull(segment).common,
              Objects.requireNonNull(worker()),
              bytes);
    }
    if (base + place == end - 1) {
      isLastAnswered = true; // Ends after the frame.
      lastOutcome = outcome;
    } else {
      answered(base + place, outcome);
    }
  }

  private void answered(int at, @Nullable Ending outcome) {
    driver.driving(false); // Callbacks may wait for whatever they like.
    PoolTask<?> element = chunk.element(at);
    if (element != null && outcome != null) {
      Parcels.complete(element, outcome);
    }
    boolean isBegun = begun == next;
    next++;
    beginNext();
    if (element != null) {
      if (isBegun) {
        element.runEnded();
      }
      if (element.isDone()) {
        chunk.forget(at);
      }
    }
    driver.driving(true);
  }

  @Override
  public void progress(int place, TaskProgress progress) {
    PoolTask<?> element = place < 0 || base + place >= end ? null : chunk.element(base + place);
    if (element != null) {
      element.reportProgress(progress);
    }
  }

  // ---- by others

  /** The place of an element in the frame; -1 when it is in none. */
  private int placeOf(PoolTask<?> element) {
    int first = base;
    int last = end;
    for (int i = first; i < last; i++) {
      if (chunk.element(i) == element) {
        return i - first;
      }
    }
    return -1;
  }
}

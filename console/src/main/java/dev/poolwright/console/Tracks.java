package dev.poolwright.console;

import dev.poolwright.console.Runs.RecordedRun;
import dev.poolwright.console.Runs.Recording;
import dev.poolwright.console.Runs.WorkerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a recording, sorted into tracks: one for each worker, and more where the runs of one
 * worker overlap without one being within the other, as those of several callers do. Confined to
 * one thread.
 */
final class Tracks {

  /** The clock is read here and there: an overlap that is shorter is none. */
  private static final long BLUR_NANOS = 100_000;

  /** A row of the picture. */
  static final class Track {
    final int id;
    final WorkerId worker;
    final String name;

    /** In the order of their start, an outer one before an inner one; none crosses another. */
    final List<RecordedRun> runs = new ArrayList<>();

    /** The ends of the runs that go on, the innermost first. */
    private final Deque<Long> ends = new ArrayDeque<>();

    private long floorNanos;

    Track(int id, WorkerId worker, String name) {
      this.id = id;
      this.worker = worker;
      this.name = name;
    }

    /** Adds a run that starts no earlier than those before, unless it would cross one of them. */
    @Nullable RecordedRun add(RecordedRun run) {
      while (!ends.isEmpty()) {
        long end = ends.element();
        boolean isOver = end <= run.startNanos();
        // A worker JVM runs one task at a time: what looks otherwise was heard of late.
        boolean isWithin = run.endNanos() <= end && worker.pid() == 0;
        boolean isBlurred = end - run.startNanos() <= BLUR_NANOS || worker.pid() != 0;
        if (!isOver && isWithin) {
          break;
        }
        if (!isOver && !isBlurred) {
          return null;
        }
        floorNanos = Math.max(floorNanos, ends.pop());
      }
      RecordedRun added = run.startNanos() < floorNanos ? run.from(floorNanos) : run;
      ends.push(added.endNanos());
      runs.add(added);
      return added;
    }
  }

  /** Where a run is. */
  record Place(Track track, RecordedRun run) {}

  final Recording recording;

  /** By pool and worker. */
  final List<Track> all = new ArrayList<>();

  /** Numbers of pools, 1 or more, in alphabetical order. */
  final Map<String, Integer> pools = new TreeMap<>();

  /** The runs of tasks that submitted others, by number of the task. */
  final Map<Long, Place> parents = new HashMap<>();

  Tracks(Recording recording) {
    this.recording = recording;
    Map<WorkerId, List<RecordedRun>> byWorker =
        new TreeMap<>(
            Comparator.comparing(WorkerId::pool)
                .thenComparing(worker -> worker.name().length())
                .thenComparing(WorkerId::name)
                .thenComparing(WorkerId::pid));
    Set<Long> submitters = new HashSet<>();
    for (RecordedRun run : recording.runs()) {
      byWorker.computeIfAbsent(run.worker(), worker -> new ArrayList<>()).add(run);
      submitters.add(run.parent());
    }
    byWorker.forEach((worker, runs) -> add(worker, runs, submitters));
    for (WorkerId worker : byWorker.keySet()) {
      pools.putIfAbsent(worker.pool(), pools.size() + 1);
    }
  }

  private void add(WorkerId worker, List<RecordedRun> runs, Set<Long> submitters) {
    runs.sort(
        Comparator.comparingLong(RecordedRun::startNanos)
            .thenComparing(Comparator.comparingLong(RecordedRun::endNanos).reversed()));
    String name = worker.pid() == 0 ? worker.name() : worker.name() + " (pid " + worker.pid() + ")";
    List<Track> lanes = new ArrayList<>();
    for (RecordedRun run : runs) {
      Place place = place(run, lanes, worker, name);
      if (submitters.contains(run.number())) {
        parents.put(run.number(), place);
      }
    }
  }

  private Place place(RecordedRun run, List<Track> lanes, WorkerId worker, String name) {
    for (Track lane : lanes) {
      RecordedRun added = lane.add(run);
      if (added != null) {
        return new Place(lane, added);
      }
    }
    String title = lanes.isEmpty() ? name : name + " [" + (lanes.size() + 1) + "]";
    Track lane = new Track(all.size() + 1, worker, title);
    lane.add(run);
    lanes.add(lane);
    all.add(lane);
    return new Place(lane, run);
  }
}

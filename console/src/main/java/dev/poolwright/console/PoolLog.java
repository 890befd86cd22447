package dev.poolwright.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The last minute of one pool: how long its tasks waited and ran, and a bar for each run. Short
 * runs of one worker that follow each other share a bar, so that a second of a worker is a few bars
 * however many tasks it ran.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class PoolLog {

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SHARED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MAX_BARS = 50_000;
  private static final int MAX_OPEN = 2_000;

  /**
   * Runs of one worker.
   *
   * @param serial 1 or more, in the order in which bars were closed; 0 while it is open
   * @param worker the name of the worker
   * @param name of the task; of the last one when they are several
   * @param startNanos when the first began
   * @param endNanos when the last was over
   * @param count how many they are
   * @param failures how many of them failed
   */
  record Bar(
      long serial,
      String worker,
      String name,
      long startNanos,
      long endNanos,
      int count,
      int failures) {

    /** Whether a run is so short, and so soon after, that it can share this bar. */
    boolean takes(Bar next) {
      return next.endNanos - next.startNanos < SHORT_NANOS
          && next.startNanos - endNanos < SHORT_NANOS
          && next.endNanos - startNanos < SHARED_NANOS;
    }

    Bar with(Bar next) {
      return new Bar(
          0,
          worker,
          next.name,
          Math.min(startNanos, next.startNanos),
          Math.max(endNanos, next.endNanos),
          count + next.count,
          failures + next.failures);
    }

    Bar closed(long number) {
      return new Bar(number, worker, name, startNanos, endNanos, count, failures);
    }
  }

  /** How long something took, since the last look. Immutable. */
  record Times(long count, long totalNanos, long maxNanos) {

    static final Times NONE = new Times(0, 0, 0);

    Times and(long nanos) {
      return new Times(count + 1, totalNanos + nanos, Math.max(maxNanos, nanos));
    }
  }

  /** What changed since the last look. */
  record News(Times waits, Times runs, List<Bar> bars) {}

  @GuardedBy("this")
  private final Map<String, Bar> open = new HashMap<>();

  @GuardedBy("this")
  private final ArrayDeque<Bar> closed = new ArrayDeque<>();

  @GuardedBy("this")
  private Times waits = Times.NONE;

  @GuardedBy("this")
  private Times runs = Times.NONE;

  @GuardedBy("this")
  private long lastSerial;

  @GuardedBy("this")
  private long lastSeen;

  synchronized void waited(long nanos) {
    waits = waits.and(nanos);
  }

  synchronized void ran(long nanos) {
    runs = runs.and(nanos);
  }

  synchronized void run(
      String worker, String name, long startNanos, long endNanos, boolean hasFailed) {
    Bar next = new Bar(0, worker, name, startNanos, endNanos, 1, hasFailed ? 1 : 0);
    Bar last = open.get(worker);
    if (last != null && last.takes(next)) {
      open.put(worker, last.with(next));
      return;
    }
    open.put(worker, next);
    if (last != null) {
      close(last);
    }
    if (open.size() > MAX_OPEN) {
      closeAll();
    }
  }

  /** What is new for all who look; the next call tells of what is newer. */
  synchronized News news() {
    closeAll();
    List<Bar> bars = new ArrayList<>();
    for (Iterator<Bar> newest = closed.descendingIterator(); newest.hasNext(); ) {
      Bar bar = newest.next();
      if (bar.serial() <= lastSeen) {
        break;
      }
      bars.add(bar);
    }
    News news = new News(waits, runs, bars);
    lastSeen = lastSerial;
    waits = Times.NONE;
    runs = Times.NONE;
    return news;
  }

  /** The whole minute, for one who begins to look. */
  synchronized News minute() {
    closeAll();
    return new News(waits, runs, new ArrayList<>(closed));
  }

  @GuardedBy("this")
  private void closeAll() {
    open.values().forEach(this::close);
    open.clear();
  }

  @GuardedBy("this")
  private void close(Bar bar) {
    closed.add(bar.closed(++lastSerial));
    while (closed.size() > MAX_BARS
        || bar.endNanos() - closed.element().endNanos() > MINUTE_NANOS) {
      closed.remove();
    }
  }
}

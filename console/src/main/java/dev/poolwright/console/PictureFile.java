package dev.poolwright.console;

import dev.poolwright.TaskStatus;
import dev.poolwright.console.Runs.RecordedRun;
import dev.poolwright.console.Tracks.Track;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a recording as one page of HTML that needs nothing else. Runs that would be narrower than
 * a column of the picture share a bar with those beside them.
 */
final class PictureFile {

  private static final int MAX_BARS = 200_000;
  private static final int MIN_COLUMNS = 100;
  private static final int MAX_COLUMNS = 3_000;
  private static final int MAX_METHODS = 100;
  private static final String DATA = "\"DATA\"";

  /** The runs of one task's name. */
  private static final class Method {
    final String pool;
    final String name;
    final int index;
    long count;
    long failures;
    long totalNanos;
    long maxNanos;
    long waitedNanos;

    Method(String pool, String name, int index) {
      this.pool = pool;
      this.name = name;
      this.index = index;
    }

    void add(RecordedRun run) {
      count++;
      failures += run.status() == TaskStatus.FAILED ? 1 : 0;
      long ran = run.endNanos() - run.startNanos();
      totalNanos += ran;
      maxNanos = Math.max(maxNanos, ran);
      waitedNanos += Math.max(0, run.startNanos() - run.submittedNanos());
    }
  }

  private final Tracks tracks;
  private final Map<String, Method> methods = new HashMap<>();
  private final Json json = new Json();
  private final long columnNanos;

  private PictureFile(Tracks tracks) {
    this.tracks = tracks;
    int columns = MAX_BARS / Math.max(1, tracks.all.size());
    columns = Math.max(MIN_COLUMNS, Math.min(columns, MAX_COLUMNS));
    columnNanos = Math.max(1, tracks.recording.nanos() / columns);
  }

  static void write(Writer out, Tracks tracks) throws IOException {
    String page;
    try (InputStream in = PictureFile.class.getResourceAsStream("timeline.html")) {
      page =
          new String(
              Objects.requireNonNull(in, "timeline.html").readAllBytes(), StandardCharsets.UTF_8);
    }
    int at = page.indexOf(DATA);
    out.write(page, 0, at);
    new PictureFile(tracks).write(out);
    out.write(page, at + DATA.length(), page.length() - at - DATA.length());
  }

  private void write(Writer out) throws IOException {
    json.object()
        .field("nanos", tracks.recording.nanos())
        .field("runs", tracks.recording.runs().size())
        .field("leftOut", tracks.recording.leftOut())
        .field("rejected", tracks.recording.rejected())
        .field("crashes", tracks.recording.crashes().size())
        .field("workers", tracks.all.stream().map(track -> track.worker).distinct().count())
        .name("tracks")
        .array();
    for (Track track : tracks.all) {
      json.object()
          .field("pool", track.worker.pool())
          .field("kind", track.worker.kind())
          .field("name", track.name)
          .name("bars")
          .array();
      bars(track.runs);
      json.endArray().endObject();
      json.moveTo(out);
    }
    json.endArray().name("methods").array();
    List<Method> sorted =
        methods.values().stream().sorted(Comparator.comparingInt(method -> method.index)).toList();
    for (Method method : sorted) {
      json.array()
          .value(method.pool)
          .value(method.name)
          .value(method.count)
          .value(method.failures)
          .value(Json.millis(method.totalNanos))
          .value(Json.millis(method.maxNanos))
          .value(Json.millis(method.waitedNanos))
          .endArray();
    }
    json.endArray().endObject().moveTo(out);
  }

  /** Each bar is start and end in columns, the method, the runs that share it, and the failures. */
  private void bars(List<RecordedRun> runs) {
    long from = 0;
    long to = -1;
    int method = 0;
    int count = 0;
    int failures = 0;
    for (RecordedRun run : runs) {
      Method of = method(run);
      of.add(run);
      boolean isNarrow = run.endNanos() - run.startNanos() < columnNanos;
      boolean isShared =
          count > 0
              && isNarrow
              && run.startNanos() - to < columnNanos
              && run.endNanos() - from < 2 * columnNanos;
      if (!isShared) {
        bar(from, to, method, count, failures);
        from = run.startNanos();
        to = from;
        count = 0;
        failures = 0;
      }
      to = Math.max(to, run.endNanos());
      method = of.index;
      count++;
      failures += run.status() == TaskStatus.FAILED ? 1 : 0;
    }
    bar(from, to, method, count, failures);
  }

  private void bar(long from, long to, int method, int count, int failures) {
    if (count > 0) {
      json.array()
          .value(Json.millis(from))
          .value(Json.millis(to))
          .value(method)
          .value(count)
          .value(failures)
          .endArray();
    }
  }

  private Method method(RecordedRun run) {
    String pool = run.worker().pool();
    String key = pool + '\n' + run.name();
    Method known = methods.get(key);
    if (known == null) {
      // Names given by hand may be as many as tasks.
      String name = methods.size() < MAX_METHODS ? run.name() : "(others)";
      known =
          methods.computeIfAbsent(
              pool + '\n' + name, other -> new Method(pool, name, methods.size()));
    }
    return known;
  }
}

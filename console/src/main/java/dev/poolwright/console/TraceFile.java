package dev.poolwright.console;

import dev.poolwright.TaskStatus;
import dev.poolwright.console.Runs.Crash;
import dev.poolwright.console.Runs.RecordedRun;
import dev.poolwright.console.Tracks.Place;
import dev.poolwright.console.Tracks.Track;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a recording as trace events, one a line.
 *
 * <p><b>Source:</b> "Trace Event Format" of the Chromium project, in its JSON object form: complete
 * events ({@code X}), metadata ({@code M}), instants ({@code i}), and flows ({@code s}, {@code f}),
 * which bind to the slice that encloses them. Times are microseconds.
 */
final class TraceFile {

  /** After the outcome a run goes on with callbacks; less than this is not worth a slice. */
  private static final long SLICE_NANOS = 1_000;

  private final Writer out;
  private final Tracks tracks;
  private final Json json = new Json();

  private TraceFile(Writer out, Tracks tracks) {
    this.out = out;
    this.tracks = tracks;
  }

  static void write(Writer out, Tracks tracks) throws IOException {
    new TraceFile(out, tracks).write();
  }

  private void write() throws IOException {
    json.object()
        .field("displayTimeUnit", "ms")
        .name("otherData")
        .object()
        .field("runs", tracks.recording.runs().size())
        .field("leftOut", tracks.recording.leftOut())
        .field("rejected", tracks.recording.rejected())
        .endObject()
        .name("traceEvents")
        .array();
    for (String pool : tracks.pools.keySet()) {
      metadata("process_name", pool, 0, "name", "pool " + pool);
    }
    for (Track track : tracks.all) {
      metadata("thread_name", track.worker.pool(), track.id, "name", track.name);
      metadata("thread_sort_index", track.worker.pool(), track.id, "sort_index", track.id);
    }
    for (Track track : tracks.all) {
      for (RecordedRun run : track.runs) {
        slices(track, run);
        arrow(track, run);
      }
    }
    for (Crash crash : tracks.recording.crashes()) {
      crash(crash);
    }
    json.endArray().endObject();
    line();
  }

  private void metadata(String name, String pool, int track, String key, Object value)
      throws IOException {
    begin("M", name, pool, track).name("args").object().name(key);
    if (value instanceof Integer number) {
      json.value(number);
    } else {
      json.value(value.toString());
    }
    json.endObject().endObject();
    line();
  }

  private void slices(Track track, RecordedRun run) throws IOException {
    begin("X", run.name(), track.worker.pool(), track.id)
        .field("cat", "task")
        .micros("ts", run.startNanos())
        .micros("dur", run.endNanos() - run.startNanos())
        .name("args")
        .object()
        .field("number", run.number())
        .field("outcome", run.status().name())
        .micros("waited_us", Math.max(0, run.startNanos() - run.submittedNanos()));
    if (run.failure() != null) {
      json.field("failure", run.failure());
    }
    json.endObject();
    if (run.status() == TaskStatus.FAILED) {
      json.field("cname", "terrible");
    }
    json.endObject();
    line();
    if (run.endNanos() - run.doneNanos() >= SLICE_NANOS && run.doneNanos() >= run.startNanos()) {
      begin("X", "after the outcome", track.worker.pool(), track.id)
          .field("cat", "callbacks")
          .micros("ts", run.doneNanos())
          .micros("dur", run.endNanos() - run.doneNanos())
          .endObject();
      line();
    }
  }

  /** From the task that submitted it, where that is in the recording. */
  private void arrow(Track track, RecordedRun run) throws IOException {
    Place parent = tracks.parents.get(run.parent());
    if (parent == null) {
      return;
    }
    RecordedRun from = parent.run();
    long submitted = Math.max(from.startNanos(), Math.min(run.submittedNanos(), from.endNanos()));
    begin("s", "submits", parent.track().worker.pool(), parent.track().id)
        .field("cat", "submit")
        .field("id", run.number())
        .micros("ts", submitted)
        .endObject();
    line();
    begin("f", "submits", track.worker.pool(), track.id)
        .field("cat", "submit")
        .field("id", run.number())
        .field("bp", "e")
        .micros("ts", run.startNanos())
        .endObject();
    line();
  }

  private void crash(Crash crash) throws IOException {
    for (Track track : tracks.all) {
      if (track.worker.equals(crash.worker())) {
        begin("i", "crash: " + crash.reason(), track.worker.pool(), track.id)
            .field("cat", "worker")
            .field("s", "t")
            .micros("ts", crash.nanos())
            .endObject();
        line();
        return;
      }
    }
  }

  private Json begin(String phase, String name, String pool, int track) {
    return json.object()
        .field("ph", phase)
        .field("name", name)
        .field("pid", tracks.pools.getOrDefault(pool, 0))
        .field("tid", track);
  }

  private void line() throws IOException {
    json.moveTo(out);
    out.write('\n');
  }
}

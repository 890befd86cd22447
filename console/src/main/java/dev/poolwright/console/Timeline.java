package dev.poolwright.console;

import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.TaskView;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records a picture of the tasks that run until {@link #close}:
 *
 * <pre>{@code
 * try (Timeline timeline = Timeline.record(pools, Path.of("run.html"))) {
 *   ...
 * }
 * }</pre>
 *
 * <p>It writes two files: {@code run.html}, a self-contained page with a row for each worker and a
 * bar for each task, and {@code run.json}, trace events for <a
 * href="https://ui.perfetto.dev">Perfetto</a>, in which a pool is a process, a worker a track, and
 * an arrow leads from a task to each task that its method or its callbacks submitted.
 *
 * <p>It keeps the first million runs in memory, about 100 bytes each, and states how many it left
 * out. Runs that are too short for a bar of their own share one with the runs next to them.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Timeline implements Closeable {

  /** The most runs that are kept. */
  static final int MAX_RUNS = 1_000_000;

  private final Pools pools;
  private final Path page;
  private final Path trace;
  private final Runs runs;
  private final PoolListener.Registration registration;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private Timeline(Pools pools, Path page, Path trace, int maxRuns) {
    this.pools = pools;
    this.page = page;
    this.trace = trace;
    runs = new Runs(System.nanoTime(), maxRuns);
    registration = pools.listen(runs);
  }

  /**
   * Starts a recording.
   *
   * @param pools the pools whose tasks are recorded
   * @param file a path with or without the ending {@code .html} or {@code .json}; both files get
   *     its name, and are overwritten
   * @return a running recording
   * @throws IOException if {@code file} names no file
   * @throws IOException if the files cannot be written
   */
  public static Timeline record(Pools pools, Path file) throws IOException {
    return record(pools, file, MAX_RUNS);
  }

  static Timeline record(Pools pools, Path file, int maxRuns) throws IOException {
    Path name = file.getFileName();
    if (name == null) {
      throw new IOException("a timeline cannot be written to " + file + "; name a file");
    }
    String base = name.toString().replaceFirst("(?i)\\.(html|json)$", "");
    Path page = file.resolveSibling(base + ".html");
    Path trace = file.resolveSibling(base + ".json");
    // A wrong folder is better known now than at the end of the run.
    Files.write(page, new byte[0]);
    Files.write(trace, new byte[0]);
    return new Timeline(pools, page, trace, maxRuns);
  }

  /**
   * The file of the page. The trace events are in the same folder, with the ending {@code .json}.
   *
   * @return a path with the ending {@code .html}
   */
  public Path page() {
    return page;
  }

  /**
   * Ends the recording and writes both files; tasks that are still running are drawn up to now. A
   * second call does nothing.
   *
   * @throws IOException if a file cannot be written
   */
  @Override
  public void close() throws IOException {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    List<TaskView> running = pools.all().stream().flatMap(each -> each.tasks().stream()).toList();
    Tracks tracks = new Tracks(runs.end(running));
    registration.close();
    try (Writer out = Files.newBufferedWriter(trace)) {
      TraceFile.write(out, tracks);
    }
    try (Writer out = Files.newBufferedWriter(page)) {
      PictureFile.write(out, tracks);
    }
  }
}

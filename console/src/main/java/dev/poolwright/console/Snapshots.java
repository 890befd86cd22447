package dev.poolwright.console;

import dev.poolwright.Pool;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.TaskView;
import dev.poolwright.WorkerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the page shows, as JSON. Times are milliseconds before the snapshot, so that the clocks of
 * application and browser need not agree.
 *
 * <p><b>Threads:</b> confined to the thread that takes the snapshots.
 */
final class Snapshots {

  /** The most rows of a table; the page says how many more there are. */
  private static final int MAX_ROWS = 200;

  private final Pools pools;
  private final History history;
  private long lastFailure;

  Snapshots(Pools pools, History history) {
    this.pools = pools;
    this.history = history;
  }

  /** What changed, for all who look. */
  String news() {
    return take(false);
  }

  /** All there is, for one who begins to look. */
  String whole() {
    return take(true);
  }

  private String take(boolean isWhole) {
    long now = System.nanoTime();
    Json json = new Json().object().field("pid", ProcessHandle.current().pid());
    List<Pool> all = pools.all();
    List<TaskView> tasks = new ArrayList<>();
    json.name("pools").array();
    for (Pool pool : all) {
      tasks.addAll(pool.tasks());
      PoolLog log = history.log(pool.name());
      pool(json, pool, isWhole ? log.minute() : log.news(), now);
    }
    json.endArray();
    tasks(json, tasks, now);
    jvms(json, all, now);
    failures(json, isWhole, now);
    return json.endObject().toString();
  }

  private static void pool(Json json, Pool pool, PoolLog.News news, long now) {
    PoolStats stats = pool.stats();
    json.object()
        .field("name", stats.name())
        .field("kind", stats.kind().name())
        .field("maxWorkers", stats.maxWorkers())
        .field("workers", stats.workers())
        .field("running", stats.running())
        .field("queued", stats.queued())
        .field("submitted", stats.submitted())
        .field("succeeded", stats.succeeded())
        .field("failed", stats.failed())
        .field("cancelled", stats.cancelled())
        .field("rejected", stats.rejected())
        .field("crashed", stats.workersCrashed());
    times(json, "waited", news.waits());
    times(json, "ran", news.runs());
    json.name("bars").array();
    for (PoolLog.Bar bar : news.bars()) {
      json.array()
          .value(bar.serial())
          .value(bar.worker())
          .value(bar.name())
          .value((double) Math.round((now - bar.startNanos()) / 1e6))
          .value((double) Math.round((now - bar.endNanos()) / 1e6))
          .value(bar.count())
          .value(bar.failures())
          .endArray();
    }
    json.endArray().endObject();
  }

  private static void times(Json json, String name, PoolLog.Times times) {
    if (times.count() > 0) {
      json.name(name)
          .array()
          .value(Json.millis(times.totalNanos() / times.count()))
          .value(Json.millis(times.maxNanos()))
          .endArray();
    }
  }

  private static void tasks(Json json, List<TaskView> tasks, long now) {
    // What was submitted before anybody listened has no times, and is older than all others.
    tasks.sort(
        Comparator.comparingLong(
            task -> task.startedNanos() == 0 ? Long.MIN_VALUE : task.startedNanos() - now));
    json.field("moreTasks", Math.max(0, tasks.size() - MAX_ROWS)).name("tasks").array();
    for (TaskView task : tasks.subList(0, Math.min(tasks.size(), MAX_ROWS))) {
      json.object()
          .field("number", task.number())
          .field("name", task.name())
          .field("pool", task.pool())
          .field("worker", History.worker(task));
      task.pid().ifPresent(pid -> json.field("pid", pid));
      if (task.startedNanos() != 0) {
        json.field("age", Json.millis(now - task.startedNanos()));
      }
      task.progress()
          .ifPresent(
              progress ->
                  json.field("fraction", progress.fraction()).field("message", progress.message()));
      json.endObject();
    }
    json.endArray();
  }

  private static void jvms(Json json, List<Pool> all, long now) {
    int more = 0;
    int rows = 0;
    json.name("jvms").array();
    for (Pool pool : all) {
      for (WorkerView worker : pool.workers()) {
        if (worker.pid().isEmpty()) {
          continue;
        }
        if (++rows > MAX_ROWS) {
          more++;
          continue;
        }
        json.object()
            .field("name", worker.name())
            .field("pool", pool.name())
            .field("pid", worker.pid().getAsLong())
            .field("age", Json.millis(now - worker.startedNanos()))
            .field("taken", worker.tasksTaken());
        worker.residentBytes().ifPresent(bytes -> json.field("memory", bytes));
        worker.task().ifPresent(task -> json.field("task", task.name()));
        json.endObject();
      }
    }
    json.endArray().field("moreJvms", more);
  }

  private void failures(Json json, boolean isWhole, long now) {
    json.name("failures").array();
    List<History.Failure> failures = history.failuresAfter(isWhole ? 0 : lastFailure);
    for (History.Failure failure : failures) {
      json.object()
          .field("id", failure.id)
          .field("ago", Json.millis(now - failure.nanos))
          .field("pool", failure.pool)
          .field("number", failure.number)
          .field("name", failure.name)
          .field("worker", failure.worker)
          .field("text", failure.text())
          .endObject();
    }
    if (!isWhole && !failures.isEmpty()) {
      lastFailure = failures.get(failures.size() - 1).id;
    }
    json.endArray();
  }
}

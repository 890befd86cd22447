package dev.poolwright.internal.flight;

import dev.poolwright.PoolStats;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The figures of a pool, once a second. */
@Name("dev.poolwright.PoolStatistics")
@Label("Pool Statistics")
@Category("Poolwright")
@Period("1 s")
@StackTrace(false)
final class StatsFlight extends Event {

  @Label("Pool")
  String pool;

  @Label("Kind")
  String kind;

  @Label("Maximum Workers")
  int maxWorkers;

  @Label("Workers")
  int workers;

  @Label("Running")
  int running;

  @Label("Queued")
  int queued;

  @Label("Submitted")
  long submitted;

  @Label("Succeeded")
  long succeeded;

  @Label("Failed")
  long failed;

  @Label("Cancelled")
  long cancelled;

  @Label("Rejected")
  long rejected;

  StatsFlight(PoolStats stats) {
    pool = stats.name();
    kind = stats.kind().name();
    maxWorkers = stats.maxWorkers();
    workers = stats.workers();
    running = stats.running();
    queued = stats.queued();
    submitted = stats.submitted();
    succeeded = stats.succeeded();
    failed = stats.failed();
    cancelled = stats.cancelled();
    rejected = stats.rejected();
  }
}

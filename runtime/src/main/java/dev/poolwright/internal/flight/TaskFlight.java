package dev.poolwright.internal.flight;

import dev.poolwright.TaskEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The run of a task. */
@Name("dev.poolwright.Task")
@Label("Task")
@Category("Poolwright")
@Description("The run of a task, from its start to its outcome")
@Threshold("1 ms")
@StackTrace(false)
final class TaskFlight extends Event {

  @Label("Pool")
  @Nullable String pool;

  @Label("Name")
  @Nullable String name;

  @Label("Number")
  long number;

  @Label("Queued")
  @Description("From the submit to the start")
  @Timespan(Timespan.NANOSECONDS)
  long queued;

  @Label("Outcome")
  @Nullable String outcome;

  @Label("Worker")
  @Nullable String worker;

  @Label("Process")
  @Description("Process id of the worker JVM, 0 for this JVM")
  long pid;

  void is(TaskEvent event) {
    pool = event.pool();
    name = event.name();
    number = event.number();
    queued = event.waited().toNanos();
    outcome = event.status().name();
    worker = event.worker();
    pid = event.pid().orElse(0);
  }
}

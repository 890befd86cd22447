package dev.poolwright.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A worker has started. */
@Name("dev.poolwright.WorkerStart")
@Label("Worker Start")
@Category("Poolwright")
@StackTrace(false)
final class WorkerStartFlight extends Event {

  @Label("Pool")
  @Nullable String pool;

  @Label("Worker")
  @Nullable String worker;

  @Label("Process")
  long pid;
}

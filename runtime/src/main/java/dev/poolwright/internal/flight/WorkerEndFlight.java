package dev.poolwright.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A worker has ended. */
@Name("dev.poolwright.WorkerEnd")
@Label("Worker End")
@Category("Poolwright")
@StackTrace(false)
final class WorkerEndFlight extends Event {

  @Label("Pool")
  @Nullable String pool;

  @Label("Worker")
  @Nullable String worker;

  @Label("Process")
  long pid;

  @Label("Reason")
  @Nullable String reason;

  @Name("crash")
  @Label("Crash")
  boolean isCrash;
}

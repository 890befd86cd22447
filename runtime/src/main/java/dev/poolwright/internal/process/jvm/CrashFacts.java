package dev.poolwright.internal.process.jvm;

import dev.poolwright.WorkerCrash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the parent found out about a worker JVM that ended by itself. */
record CrashFacts(
    String pool,
    String task,
    long pid,
    Kind kind,
    int exitCode,
    int signal,
    Instant startedAt,
    String lastStderr,
    @Nullable String errorFile,
    @Nullable String crashReport,
    boolean resultLost)
    implements WorkerCrash {

  /** Without what it printed and the crash report, which may have secrets. */
  @Override
  public String toString() {
    return "WorkerCrash[pool="
        + pool
        + ", task="
        + task
        + ", pid="
        + pid
        + ", kind="
        + kind
        + ", exitCode="
        + exitCode
        + ", signal="
        + signal
        + ", startedAt="
        + startedAt
        + ", errorFile="
        + errorFile
        + ", resultLost="
        + resultLost
        + "]";
  }
}

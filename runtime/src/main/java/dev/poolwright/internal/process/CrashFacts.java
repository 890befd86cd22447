package dev.poolwright.internal.process;

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
    boolean resultLost)
    implements WorkerCrash {}

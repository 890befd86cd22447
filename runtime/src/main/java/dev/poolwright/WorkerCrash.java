package dev.poolwright;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a worker JVM ended by itself.
 *
 * @param pool the pool's name
 * @param task the name of the task that it ran
 * @param pid its process id
 * @param kind why it ended, as far as can be known
 * @param exitCode its exit code; 128 + signal where a signal ended it
 * @param signal the signal that ended it, or 0
 * @param startedAt when the worker JVM was started
 * @param lastStderr the last 64 KiB, at most, of what it printed to standard error
 * @param errorFile path of the JVM's {@code hs_err} file, or null
 * @param resultLost whether the task had ended, and only its result was lost
 */
public record WorkerCrash(
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
    implements Serializable {

  /** Why a worker JVM ended. */
  public enum Kind {
    /** It ran out of memory. */
    OUT_OF_MEMORY,
    /** Something called {@code System.exit}; the crash's cause has the stack. */
    SYSTEM_EXIT,
    /** The JVM or native code crashed; {@link WorkerCrash#errorFile()} may say more. */
    NATIVE_CRASH,
    /** A signal from outside killed it. */
    KILLED,
    /** It ended with an exit code and nothing else is known, for instance {@code Runtime.halt}. */
    EXITED
  }
}

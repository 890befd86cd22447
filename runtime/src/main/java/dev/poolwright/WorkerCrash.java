package dev.poolwright;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a worker JVM that ended by itself.
 *
 * <p>Implemented by Poolwright only; later versions may add methods.
 *
 * <p><b>Shape:</b> immutable.
 */
public interface WorkerCrash extends Serializable {

  /**
   * The name of the pool.
   *
   * @return the name as declared
   */
  String pool();

  /**
   * The name of the task that the worker JVM was running.
   *
   * @return a name as in {@link Task#name()}
   */
  String task();

  /**
   * The process id of the worker JVM.
   *
   * @return the process id
   */
  long pid();

  /**
   * The reason why it ended, as far as it is known.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * The exit code.
   *
   * @return the exit code; 128 + signal if a signal ended it
   */
  int exitCode();

  /**
   * The signal that ended it, or that it crashed with.
   *
   * @return the number of the signal; 0 for none
   */
  int signal();

  /**
   * The time when the worker JVM was started.
   *
   * @return the time
   */
  Instant startedAt();

  /**
   * The end of its standard error output.
   *
   * @return 64 KiB at most
   */
  String lastStderr();

  /**
   * The file with the JVM's {@code hs_err} error report.
   *
   * @return the path; null if there is no report
   */
  @Nullable String errorFile();

  /**
   * The beginning of the error report, which contains all properties of the worker JVM.
   *
   * @return 64 KiB at most; null if there is no report
   */
  @Nullable String crashReport();

  /**
   * Whether the task had already ended, so that only its result was lost.
   *
   * @return true if the task had ended
   */
  boolean resultLost();

  /** The reason why a worker JVM ended. */
  enum Kind {
    /** It ran out of memory. */
    OUT_OF_MEMORY,
    /**
     * {@code System.exit} was called; the cause of the {@link WorkerCrashedException} has the stack
     * of the call.
     */
    SYSTEM_EXIT,
    /** The JVM or native code crashed; {@link WorkerCrash#crashReport()} may say more. */
    NATIVE_CRASH,
    /** A signal from outside killed it. */
    KILLED,
    /**
     * It ended with an exit code, and nothing else is known, for instance after {@code
     * Runtime.halt}.
     */
    EXITED
  }
}

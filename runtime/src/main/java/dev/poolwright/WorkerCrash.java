package dev.poolwright;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a worker JVM ended by itself.
 *
 * <p>Made by Poolwright alone; later versions add facts.
 *
 * <p><b>Shape:</b> immutable.
 */
public interface WorkerCrash extends Serializable {

  /**
   * The pool's name.
   *
   * @return as declared
   */
  String pool();

  /**
   * The name of the task that it ran.
   *
   * @return as {@link Task#name()}
   */
  String task();

  /**
   * Its process id.
   *
   * @return as the system had it
   */
  long pid();

  /**
   * Why it ended, as far as can be known.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Its exit code.
   *
   * @return 128 + signal where a signal ended it
   */
  int exitCode();

  /**
   * The signal that ended it, or that it crashed with.
   *
   * @return 0 for none
   */
  int signal();

  /**
   * When the worker JVM was started.
   *
   * @return the time
   */
  Instant startedAt();

  /**
   * What it printed last to standard error.
   *
   * @return 64 KiB at most
   */
  String lastStderr();

  /**
   * Where the JVM's {@code hs_err} report is kept.
   *
   * @return its path; null for none
   */
  @Nullable String errorFile();

  /**
   * The beginning of that report, which names all properties of the worker JVM.
   *
   * @return 64 KiB at most; null for none
   */
  @Nullable String crashReport();

  /**
   * Whether the task had ended, and only its result was lost.
   *
   * @return whether it had
   */
  boolean resultLost();

  /** Why a worker JVM ended. */
  enum Kind {
    /** It ran out of memory. */
    OUT_OF_MEMORY,
    /** Something called {@code System.exit}; the crash's cause has the stack. */
    SYSTEM_EXIT,
    /** The JVM or native code crashed; {@link WorkerCrash#crashReport()} may say more. */
    NATIVE_CRASH,
    /** A signal from outside killed it. */
    KILLED,
    /** It ended with an exit code and nothing else is known, for instance {@code Runtime.halt}. */
    EXITED
  }
}

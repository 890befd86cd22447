package dev.poolwright.internal.process.jvm;

import dev.poolwright.WorkerCrash;
import dev.poolwright.WorkerCrash.Kind;
import dev.poolwright.WorkerCrashedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the process of a worker JVM ended, from what it left.
 *
 * @param pool the pool's name
 * @param worker the worker's name
 * @param pid its process id
 * @param exitCode as the operating system told it; 128 + signal where a signal ended it
 * @param startedAt when it was started
 * @param stderr the last it printed there
 * @param exitStack what it reported of a {@code System.exit}, or null
 * @param report what it wrote when it crashed, or null
 */
public record WorkerExit(
    String pool,
    String worker,
    long pid,
    int exitCode,
    Instant startedAt,
    String stderr,
    @Nullable String exitStack,
    @Nullable FatalErrorLog report) {
  private static final int MESSAGE_LINES = 12;
  private static final int SIGNALS = 128;

  public WorkerCrashedException toException(String task, boolean resultLost) {
    Kind kind = kind();
    int signal = signal(kind);
    Path kept = report == null ? null : report.kept();
    WorkerCrash crash =
        new Crash(
            pool,
            task,
            pid,
            kind,
            exitCode,
            signal,
            startedAt,
            stderr,
            kept == null ? null : kept.toString(),
            report == null ? null : report.head(),
            resultLost);
    StringBuilder text = new StringBuilder();
    text.append(task).append(": worker JVM ").append(worker).append(" (pid ").append(pid);
    text.append(") of pool \"").append(pool).append("\" ").append(how(kind, signal));
    if (resultLost) {
      text.append("; the method had ended, and its result was lost");
    }
    if (report != null) {
      text.append(report);
    }
    appendLastLines(text);
    return new WorkerCrashedException(
        text.toString(), crash, exitStack == null ? null : new ExitCalled(exitStack));
  }

  /** How it ended, in few words. */
  public String how() {
    Kind kind = kind();
    return how(kind, signal(kind));
  }

  private int signal(Kind kind) {
    int reported = report == null ? 0 : report.signal();
    return reported > 0
        ? reported
        : kind == Kind.KILLED || kind == Kind.NATIVE_CRASH ? Math.max(0, exitCode - SIGNALS) : 0;
  }

  private Kind kind() {
    if (exitStack != null) {
      return Kind.SYSTEM_EXIT;
    }
    if (stderr.contains("Terminating due to java.lang.OutOfMemoryError")
        || (report != null && report.isOutOfMemory())) {
      return Kind.OUT_OF_MEMORY;
    }
    if (report != null || exitCode == SIGNALS + 6) {
      return Kind.NATIVE_CRASH;
    }
    return exitCode > SIGNALS && exitCode <= SIGNALS + 64 ? Kind.KILLED : Kind.EXITED;
  }

  private String how(Kind kind, int signal) {
    return switch (kind) {
      case OUT_OF_MEMORY ->
          "ran out of memory (exit code "
              + exitCode
              + "); give it more with jvmArgs = \"-Xmx...\", or fewer workers";
      case SYSTEM_EXIT -> "was ended by System.exit, exit code " + exitCode;
      case NATIVE_CRASH ->
          "crashed in native code"
              + (signal > 0 ? ", signal " + signal + signalName(signal) : "")
              + ", exit code "
              + exitCode;
      case KILLED -> "was killed by signal " + signal + signalName(signal);
      case EXITED -> "terminated abruptly with exit code " + exitCode;
    };
  }

  private static String signalName(int signal) {
    return switch (signal) {
      case 2 -> " (SIGINT)";
      case 4 -> " (SIGILL)";
      case 6 -> " (SIGABRT)";
      case 7 -> " (SIGBUS)";
      case 8 -> " (SIGFPE)";
      case 9 -> " (SIGKILL: kill -9, or the kernel was out of memory)";
      case 11 -> " (SIGSEGV)";
      case 15 -> " (SIGTERM)";
      default -> "";
    };
  }

  private void appendLastLines(StringBuilder text) {
    List<String> lines = stderr.stripTrailing().lines().toList();
    if (stderr.isBlank()) {
      return;
    }
    text.append("\n  its last words:");
    for (int i = Math.max(0, lines.size() - MESSAGE_LINES); i < lines.size(); i++) {
      text.append("\n    ").append(lines.get(i));
    }
  }

  /** What the parent found out about a worker JVM that ended by itself. */
  private record Crash(
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

  /** The stack that called {@code System.exit} in the worker JVM, as text. */
  static final class ExitCalled extends Exception {
    private static final long serialVersionUID = 1;

    ExitCalled(String stack) {
      super(stack, null, false, false);
    }
  }
}

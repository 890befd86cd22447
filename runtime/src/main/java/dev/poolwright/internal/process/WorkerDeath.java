package dev.poolwright.internal.process;

import dev.poolwright.WorkerCrash;
import dev.poolwright.WorkerCrash.Kind;
import dev.poolwright.WorkerCrashedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a worker JVM ended by itself, from what it left.
 *
 * @param pool the pool's name
 * @param worker the worker's name
 * @param pid its process id
 * @param exitCode as the operating system told it; 128 + signal where a signal ended it
 * @param startedAt when it was started
 * @param stderr the last it printed there
 * @param exitStack what it reported of a {@code System.exit}, or null
 */
record WorkerDeath(
    String pool,
    String worker,
    long pid,
    int exitCode,
    Instant startedAt,
    String stderr,
    @Nullable String exitStack) {
  private static final Pattern ERROR_FILE = Pattern.compile("(?m)^# (/?.*hs_err.*\\.log)$");
  private static final int MESSAGE_LINES = 12;
  private static final int SIGNALS = 128;

  WorkerCrashedException toException(String task, boolean resultLost) {
    String errorFile = errorFile();
    Kind kind = kind(errorFile);
    int signal =
        kind == Kind.KILLED || kind == Kind.NATIVE_CRASH ? Math.max(0, exitCode - SIGNALS) : 0;
    WorkerCrash crash =
        new CrashFacts(
            pool, task, pid, kind, exitCode, signal, startedAt, stderr, errorFile, resultLost);
    StringBuilder text = new StringBuilder();
    text.append(task).append(": worker JVM ").append(worker).append(" (pid ").append(pid);
    text.append(") of pool \"").append(pool).append("\" ").append(how(kind, signal));
    if (resultLost) {
      text.append("; the method had ended, and its result was lost");
    }
    if (errorFile != null) {
      text.append("; see ").append(errorFile);
    }
    appendLastLines(text);
    return new WorkerCrashedException(
        text.toString(), crash, exitStack == null ? null : new ExitCalled(exitStack));
  }

  private Kind kind(@Nullable String errorFile) {
    if (exitStack != null) {
      return Kind.SYSTEM_EXIT;
    }
    if (stderr.contains("Terminating due to java.lang.OutOfMemoryError")) {
      return Kind.OUT_OF_MEMORY;
    }
    if (errorFile != null || exitCode == SIGNALS + 6) {
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
      case NATIVE_CRASH -> "crashed in native code, exit code " + exitCode;
      case KILLED -> "was killed by signal " + signal + signalName(signal);
      case EXITED -> "terminated abruptly with exit code " + exitCode;
    };
  }

  private static String signalName(int signal) {
    return switch (signal) {
      case 2 -> " (SIGINT)";
      case 9 -> " (SIGKILL: kill -9, or the kernel was out of memory)";
      case 11 -> " (SIGSEGV)";
      case 15 -> " (SIGTERM)";
      default -> "";
    };
  }

  private @Nullable String errorFile() {
    Matcher matcher = ERROR_FILE.matcher(stderr);
    String found = null;
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found != null && Files.exists(Path.of(found)) ? found : null;
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

  /** The stack that called {@code System.exit} in the worker JVM, as text. */
  static final class ExitCalled extends Exception {
    private static final long serialVersionUID = 1;

    ExitCalled(String stack) {
      super(stack, null, false, false);
    }
  }
}

package dev.poolwright.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes that a task starts and leaves, and waiting for their end. */
final class LeftProcesses {
  /**
   * Opens the channel and the tether of the JVM that started it, as a native child inherits them.
   */
  private static final String HOLD =
      "for each in /proc/$PPID/fd/*; do case $(readlink $each) in"
          + " *.up*|*.down*|*.tether*|pipe:*) exec {held}<>$each;; esac; done; ";

  private LeftProcesses() {}

  /** One that nobody waits for, whose parent ends: it belongs to another process then. */
  static long leave() {
    return start("sleep 300 > /dev/null 2>&1 & echo $!");
  }

  /** The same, that holds this JVM's channel, and that no mark tells. */
  static long leaveHolding() {
    long pid = start(HOLD + "env -i sleep 60 2>&1 & echo $!");
    while (hasEnvironment(pid)) {
      LockSupport.parkNanos(100_000);
    }
    return pid;
  }

  private static boolean hasEnvironment(long pid) {
    try {
      return Files.readAllBytes(Path.of("/proc/" + pid + "/environ")).length > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long start(String script) {
    try {
      Process shell =
          new ProcessBuilder("bash", "-c", script)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
        return Long.parseLong(lines.readLine());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is gone, at once or within some seconds. */
  static boolean isGone(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return true;
    }
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException e) {
      return !process.isAlive();
    }
  }

  /** Ends one. */
  static void end(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}

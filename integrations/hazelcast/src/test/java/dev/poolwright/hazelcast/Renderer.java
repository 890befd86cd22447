package dev.poolwright.hazelcast;

import dev.poolwright.TaskContext;
import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ClusterPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the tests have nodes do. */
@ClusterPool(name = "render")
public class Renderer {

  /** For nodes. */
  public Renderer() {}

  /** Says in which JVM it runs. */
  @Async(pool = "render")
  public long pid() {
    return ProcessHandle.current().pid();
  }

  /** Adds. */
  @Async(pool = "render")
  public int add(int one, int other) {
    return one + other;
  }

  /** Takes its time. */
  @Async(pool = "render")
  public int nap(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  /** Notes that it began, and waits until a file is there. */
  @Async(pool = "render")
  public long hold(String log, String until) throws InterruptedException {
    note(log, "begun " + ProcessHandle.current().pid());
    TaskContext.current().progress(0.5, "holds");
    try {
      while (!Files.exists(Path.of(until))) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      note(log, "interrupted " + ProcessHandle.current().pid() + ' ' + System.nanoTime());
      throw e;
    }
    note(log, "ended " + ProcessHandle.current().pid());
    return ProcessHandle.current().pid();
  }

  /** Notes that it began, and goes on whatever it is asked. */
  @Async(pool = "render")
  public long spin(String log) {
    note(log, "begun " + ProcessHandle.current().pid());
    while (true) {
      Thread.onSpinWait();
    }
  }

  /** Notes that it ran, and throws what some clients repeat. */
  @Async(pool = "render")
  public int fail(String log) throws IOException {
    note(log, "failed");
    throw new IOException("disk full");
  }

  private static void note(String log, String line) {
    try {
      Files.writeString(
          Path.of(log), line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.LeavesNothingBehind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
@ExtendWith(LeavesNothingBehind.class)
class OrphansTest {

  @TempDir Path temp;

  /** The program, once it has an idle and a busy worker JVM. */
  private record Parent(Process process, List<ProcessHandle> workers) {}

  private Parent start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OrphanParent.class.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> seen = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.add(line);
      if (line.equals("ready")) {
        return new Parent(process, process.children().toList());
      }
    }
    throw new AssertionError("the program ended: " + seen);
  }

  private static void awaitEnd(ProcessHandle handle) throws Exception {
    handle.onExit().get(30, TimeUnit.SECONDS);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.toList();
    }
  }

  @Test
  @DisplayName(
      "234, 237, 240: kill -9 of the parent ends idle and busy workers, and leaves no file")
  void endsWithItsParent() throws Exception {
    Parent parent = start();
    assertThat(parent.workers()).hasSize(2);
    parent.process().destroyForcibly().waitFor();
    long start = System.nanoTime();
    // Of a process that is no child the JDK would only poll, seldom.
    while (parent.workers().stream().anyMatch(ProcessHandle::isAlive)
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
      Thread.onSpinWait();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.println("parent-kill to worker-gone: " + millis + " ms");
    assertThat(parent.workers()).noneMatch(ProcessHandle::isAlive);
    assertThat(millis)
        .isLessThan(20_000); // A loaded machine; the benchmark says how long it takes.
    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("216: a main that returns ends by itself, with its workers and files")
  void endsByItself() throws Exception {
    Parent parent = start("return");
    assertThat(parent.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parent.process().exitValue()).isZero();
    for (ProcessHandle worker : parent.workers()) {
      awaitEnd(worker);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("222, 240: System.exit in the parent kills the workers and leaves no file")
  void endsBySystemExit() throws Exception {
    Parent parent = start("exit");
    assertThat(parent.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parent.process().exitValue()).isEqualTo(7);
    for (ProcessHandle worker : parent.workers()) {
      awaitEnd(worker);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("232: SIGINT does not end a worker; the parent decides")
  void ignoresInterrupts() throws Exception {
    Parent parent = start();
    for (ProcessHandle worker : parent.workers()) {
      new ProcessBuilder("kill", "-INT", Long.toString(worker.pid())).start().waitFor();
    }
    Process unused = new ProcessBuilder("sleep", "0.3").start();
    unused.waitFor();
    assertThat(parent.workers()).allMatch(ProcessHandle::isAlive);
    parent.process().destroy();
    parent.process().waitFor();
    for (ProcessHandle worker : parent.workers()) {
      awaitEnd(worker);
    }
    assertThat(left()).isEmpty();
  }
}

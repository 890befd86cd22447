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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
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

  private Process launch(String... args) throws IOException {
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
    // A read of what it says can be ended by its end alone.
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return process;
  }

  /** Launches the program, and waits for a line of its. */
  private Parent start(String lineStart, String... args) throws IOException {
    Process process = launch(args);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> seen = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.add(line);
      if (line.startsWith(lineStart)) {
        return new Parent(process, process.descendants().toList());
      }
    }
    throw new AssertionError("the program ended: " + seen);
  }

  private static void assertGoneWith(Parent parent, String what) throws Exception {
    parent.process().destroyForcibly().waitFor();
    long start = System.nanoTime();
    while (parent.workers().stream().anyMatch(OrphansTest::runs)
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
      LockSupport.parkNanos(100_000);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.println("parent-kill to " + what + "-gone: " + millis + " ms");
    // A loaded machine takes longer; the benchmark says how long it takes.
    assertThat(parent.workers()).noneMatch(OrphansTest::runs);
  }

  /** Not so a dead process that nobody has reaped yet, which to the JDK is alive. */
  private static boolean runs(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return process.isAlive(); // Gone, or not Linux.
    }
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
  @Tag("scenario-234")
  @Tag("scenario-237")
  @Tag("scenario-240")
  @DisplayName("kill -9 of the parent ends idle and busy workers, and leaves no file")
  void endsWithItsParent() throws Exception {
    Parent parent = start("ready");
    assertThat(parent.workers()).hasSize(2);
    assertGoneWith(parent, "worker");
    assertThat(left()).isEmpty();
  }

  @Test
  @Tag("scenario-235")
  @DisplayName("kill -9 of the parent ends a worker that is still starting, and leaves no file")
  void endsWhileItStarts() throws Exception {
    Parent parent = start("[cpu-1] starting ", "start");
    assertThat(parent.workers()).hasSize(1);
    assertGoneWith(parent, "starting-worker");
    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("an orphan removes nothing through a link in the place of its directory")
  void followsNoLink() throws Exception {
    Path home = Files.createDirectory(temp.resolve("home"));
    Path precious = Files.writeString(home.resolve("precious"), "work of years");
    Parent parent = start("ready");
    Path directory;
    try (Stream<Path> all = Files.list(temp)) {
      directory = all.filter(path -> !path.equals(home)).findFirst().orElseThrow();
    }
    Files.delete(directory); // It is empty while workers run, so that a cleaner can remove it.
    Files.createSymbolicLink(directory, home);
    assertGoneWith(parent, "link");
    assertThat(precious).exists();
  }

  @Test
  @Tag("scenario-235")
  @DisplayName("a worker whose parent is gone before it has booted exits with code 23")
  void endsBeforeItStarts() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.poolwright.internal.worker.WorkerMain",
                temp.resolve("1.word").toString(),
                Long.toString(ProcessHandle.current().pid()))
            .start();
    worker.getOutputStream().close();
    assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(23);
  }

  @Test
  @Tag("scenario-237")
  @Tag("scenario-239")
  @DisplayName("kill -9 of the parent ends what a task started, too")
  void endsGrandchildren() throws Exception {
    Parent parent = start("[cpu-1] starting ", "family");
    assertThat(parent.workers()).hasSize(2);
    assertGoneWith(parent, "grandchild");
    assertThat(left()).isEmpty();
  }

  @Test
  @Tag("scenario-217")
  @DisplayName("a main that ends after shutdown lets its task end, with its output")
  void endsAfterShutdown() throws Exception {
    Process process = launch("shutdown");
    assertThat(process.inputReader(StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder("[cpu-1] apple", "SUCCEEDED");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(left()).isEmpty();
  }

  @Test
  @Tag("scenario-216")
  @DisplayName("a main that returns ends by itself, with its workers and files")
  void endsByItself() throws Exception {
    Parent parent = start("ready", "return");
    assertThat(parent.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parent.process().exitValue()).isZero();
    for (ProcessHandle worker : parent.workers()) {
      awaitEnd(worker);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  @Tag("scenario-222")
  @Tag("scenario-240")
  @DisplayName("System.exit in the parent kills the workers and leaves no file")
  void endsBySystemExit() throws Exception {
    assertEndsBySystemExit("exit");
  }

  @Test
  void endsBySystemExitWithoutAnExitHook() throws Exception {
    assertEndsBySystemExit("exit", "unhooked");
  }

  private void assertEndsBySystemExit(String... args) throws Exception {
    Parent parent = start("ready", args);
    assertThat(parent.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parent.process().exitValue()).isEqualTo(7);
    for (ProcessHandle worker : parent.workers()) {
      awaitEnd(worker);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  @Tag("scenario-232")
  @DisplayName("SIGINT, SIGTERM and SIGHUP do not end a worker; the parent decides")
  void leavesSignalsToTheParent() throws Exception {
    Parent parent = start("ready");
    for (String signal : List.of("-INT", "-TERM", "-HUP")) {
      for (ProcessHandle worker : parent.workers()) {
        new ProcessBuilder("kill", signal, Long.toString(worker.pid())).start().waitFor();
      }
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

  @Test
  @DisplayName("kill -9 of the parent ends workers whose tether a process of its still holds")
  void endsWithItsParentWhoeverHoldsTheTether() throws Exception {
    Parent parent = start("ready");
    Process holder =
        new ProcessBuilder(
                "bash",
                "-c",
                "for each in /proc/"
                    + parent.process().pid()
                    + "/fd/*; do case $(readlink $each) in pipe:*) exec {held}<>$each;; esac; done;"
                    + " echo holds; exec sleep 60")
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("holds");
      assertGoneWith(parent, "held worker");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(left()).isEmpty();
  }
}

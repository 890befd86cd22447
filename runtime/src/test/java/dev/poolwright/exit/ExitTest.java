package dev.poolwright.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a JVM with pools ends; each test starts one. */
@Timeout(60)
final class ExitTest {

  @TempDir Path directory;

  private record End(int code, List<String> out, String errors, long millisAfterLastLine) {}

  @Test
  @Tag("scenario-216")
  @DisplayName("main that returns without closing ends within a second after its last task")
  void endsByItself() throws Exception {
    long millis = Long.MAX_VALUE;
    // A busy machine may be late; a program that waits for something would be so each time.
    for (int tries = 0; tries < 10 && millis >= 1_000; tries++) {
      End end = run("returns");
      assertThat(end.out).containsExactly("main ends", "apple", "pear");
      assertThat(end.errors).isEmpty();
      assertThat(end.code).isZero();
      millis = end.millisAfterLastLine;
    }
    assertThat(millis).isLessThan(1_000);
  }

  @Test
  @Tag("scenario-217")
  @DisplayName("main that ends after shutdown finishes its task")
  void finishesAfterShutdown() throws Exception {
    End end = run("shutdown");
    assertThat(end.out).containsExactly("apple");
    assertThat(end.errors).isEmpty();
    assertThat(end.code).isZero();
  }

  @Test
  @Tag("scenario-216")
  @DisplayName("main that returns while a stage goes on by itself waits for that")
  void waitsForStages() throws Exception {
    End end = run("stage");
    assertThat(end.out).containsExactly("apple", "apple");
    assertThat(end.errors).isEmpty();
    assertThat(end.code).isZero();
  }

  @Test
  @Tag("scenario-204")
  @DisplayName("a submit while the JVM exits is rejected, and holds nothing up")
  void rejectsWhileTheJvmExits() throws Exception {
    End end = run("submit in a hook");
    assertThat(end.out).singleElement().asString().startsWith("pool \"io\" rejected ");
    assertThat(end.code).isEqualTo(5);
  }

  @Test
  @Tag("scenario-164")
  @DisplayName("a task that calls System.exit ends the program at once, grace or not")
  void exitsAtOnce() throws Exception {
    long start = System.nanoTime();
    assertThat(run("exit").code).isEqualTo(3);
    assertThat(run("exit", "-Dpoolwright.exit-grace=30s").code).isEqualTo(3);
    assertThat(run("exit in callback", "-Dpoolwright.exit-grace=30s").code).isEqualTo(3);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
  }

  @Test
  @Tag("scenario-91")
  @DisplayName("at exit the started task is abandoned, or has the grace period to end")
  void waitsForTheGracePeriod() throws Exception {
    End none = run("grace");
    assertThat(none.out).isEmpty();
    assertThat(none.errors).isEmpty();
    assertThat(none.code).isEqualTo(4);
    End grace = run("grace", "-Dpoolwright.exit-grace=20s");
    assertThat(grace.out).containsExactly("apple");
    assertThat(grace.code).isEqualTo(4);
  }

  @Test
  void anExitLeavesACloseWithAGraceWhatIsLeftOfIt() throws Exception {
    End end = run("close under way");
    assertThat(end.out).containsExactly("closing falsefalse", "apple", "pear");
    assertThat(end.errors).isEmpty();
    assertThat(end.code).isEqualTo(6);
  }

  @Test
  void anExitOvertakesACloseWithoutAGrace() throws Exception {
    End end = run("close without end under way");
    assertThat(end.out).containsExactly("ready");
    assertThat(end.code).isEqualTo(128 + 15);
  }

  @Test
  void nothingStaysOfClosedPoolsAndEveryFailureWasTold() throws Exception {
    End end = run("opened and closed", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    assertThat(end.errors).isEmpty();
    assertThat(end.out).containsExactly("0 hooks, 300 heard");
  }

  @Test
  void badGraceIsSaidAndIgnored() throws Exception {
    End end = run("grace", "-Dpoolwright.exit-grace=soon");
    assertThat(end.code).isEqualTo(4);
    assertThat(end.errors).contains("-Dpoolwright.exit-grace: ");
  }

  @Test
  @Tag("scenario-91")
  @DisplayName("SIGTERM completes queued tasks as cancelled and ends at once")
  void endsOnSignal() throws Exception {
    End end = run("signal");
    assertThat(end.out).containsExactly("ready false", "queued: CANCELLED");
    assertThat(end.code).isEqualTo(128 + 15);
  }

  @Test
  void reportsUnobservedFailuresAtExit() throws Exception {
    End end = run("unobserved");
    assertThat(end.errors)
        .containsOnlyOnce(
            "io.submit(ExitPrograms lambda) failed on pool \"io\", and nobody looked at its"
                + " outcome")
        .contains("nobody looks");
    assertThat(end.code).isZero();
  }

  @Test
  void reportsUnobservedFailuresThatAreCollected() throws Exception {
    End end = run("unobserved, collected", "-Dpoolwright.submit-sites=true");
    assertThat(end.errors)
        .containsOnlyOnce("and nobody looked at its outcome, submitted at ")
        .contains("ExitPrograms.fail(ExitPrograms.java:");
    assertThat(end.out).containsExactly("collected");
  }

  @Test
  @DisplayName("a heap that is full again and again costs no worker, no limit and no close")
  void survivesAFullHeap() throws Exception {
    End end = run(FullHeapProgram.class, "", "-Xmx48m", "-XX:+UseSerialGC");
    assertThat(end.out)
        .as(end.errors)
        .containsExactly("limits fire", "closed in time", "the figures add up");
    assertThat(end.code).isZero();
  }

  private End run(String program, String... options) throws IOException, InterruptedException {
    return run(ExitPrograms.class, program, options);
  }

  private End run(Class<?> type, String program, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx64m"));
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(type.getName(), program));
    File errors = Files.createTempFile(directory, "errors", ".txt").toFile();
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    List<String> out = new ArrayList<>();
    long lastLine = System.nanoTime();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        out.add(line);
        lastLine = System.nanoTime();
        if (line.startsWith("ready")) {
          boolean unused = process.toHandle().destroy();
        }
      }
      int code = process.waitFor();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastLine);
      return new End(code, out, Files.readString(errors.toPath()), millis);
    } finally {
      process.destroyForcibly();
    }
  }
}

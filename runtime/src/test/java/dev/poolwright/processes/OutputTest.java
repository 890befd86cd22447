package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Job;
import dev.poolwright.Pools;
import dev.poolwright.Task;
import dev.poolwright.WorkerCrash;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What worker JVMs print, as the parent prints it. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class OutputTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private PrintStream oldOut;
  private PrintStream oldErr;

  @BeforeEach
  void listen() {
    oldOut = System.out;
    oldErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(oldOut);
    System.setErr(oldErr);
  }

  private List<String> lines(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8).lines().toList();
  }

  static int print(int number) {
    System.out.println("out " + number + " \u00e4\u6f22");
    System.err.println("err " + number);
    return number;
  }

  /** Whatever is done with it throws. */
  private static final class Broken extends PrintStream {
    Broken() {
      super(OutputStream.nullOutputStream());
    }

    @Override
    public void flush() {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void println(String line) {
      throw new IllegalStateException("on purpose");
    }
  }

  private static long breakStreams() {
    System.setOut(new Broken());
    System.setErr(new Broken());
    return Cpu.ownPid();
  }

  @Test
  @DisplayName("streams that throw in the place of the standard ones harm no task, and no end")
  void survivesBrokenStreams(@TempDir Path folder) throws Exception {
    Path ended = folder.resolve("ended");
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.submit(OutputTest::breakStreams).join();
      assertThat(cpu.pool.map(number -> Cpu.ownPid(), List.of(1, 2, 3)).toList()).containsOnly(pid);
      Job<Integer> full =
          () -> {
            throw new OutOfMemoryError("on purpose");
          };
      Throwable failure = cpu.submit(full).handle((value, thrown) -> thrown).join();
      assertThat(((WorkerCrashedException) failure).crash().kind())
          .isEqualTo(WorkerCrash.Kind.OUT_OF_MEMORY);
      String file = ended.toString();
      cpu.submit(
              () -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> create(file)));
                return breakStreams();
              })
          .join();
      cpu.pools.close();
    }
    assertThat(ended).exists();
  }

  private static void create(String file) {
    try {
      Files.createFile(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Tag("scenario-259")
  @DisplayName("what a task prints comes line by line, in order, with the worker's name")
  void forwardsLines() throws Exception {
    List<String> wanted = new ArrayList<>();
    List<String> wantedErr = new ArrayList<>();
    try (Cpu cpu = Cpu.of(1)) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        assertThat(cpu.submit(() -> print(number)).join()).isEqualTo(i);
        wanted.add("[cpu-1] out " + i + " \u00e4\u6f22");
        wantedErr.add("[cpu-1] err " + i);
      }
    }
    assertThat(lines(out)).containsExactlyElementsOf(wanted);
    assertThat(lines(err)).containsExactlyElementsOf(wantedErr);
  }

  @Test
  @Tag("scenario-231")
  @DisplayName("what a worker JVM prints last, also while it exits, is not lost")
  void keepsTheTail() throws Exception {
    try (Pools pools = Pools.builder().pool(Cpu.config(1)).build()) {
      int result =
          pools
              .pool("cpu")
              .submit(
                  () -> {
                    Thread hook = new Thread(() -> System.out.println("the very last"));
                    Runtime.getRuntime().addShutdownHook(hook);
                    System.out.print("without an end");
                    return 1;
                  })
              .join();
      assertThat(result).isEqualTo(1);
    }
    assertThat(lines(out)).containsExactly("[cpu-1] without an endthe very last");
  }

  @Test
  @Tag("scenario-261")
  @DisplayName("a JVM that writes to standard output by itself does not touch the protocol")
  void survivesTheJvmsOwnWords() throws Exception {
    try (Cpu cpu =
        new Cpu(
            Cpu.config(1)
                .jvmArgs(
                    "-Xmx64m", "-Xlog:gc*:stdout", "-XX:+PrintCommandLineFlags", "-showversion"))) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        int same =
            cpu.submit(
                    () -> {
                      System.gc();
                      return number;
                    })
                .join();
        assertThat(same).isEqualTo(i);
      }
    }
    assertThat(lines(out)).anyMatch(line -> line.contains("Pause Full"));
    assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
        .containsPattern("-XX:.Use\\w+GC");
  }

  @Test
  @Tag("scenario-262")
  @DisplayName("ten megabytes without one line end, and ten of lines, block nobody")
  void drainsEverything() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      int printed =
          cpu.submit(
                  () -> {
                    String kilobyte = "x".repeat(1_023);
                    for (int i = 0; i < 10_240; i++) {
                      System.out.println(kilobyte);
                      System.err.print(kilobyte);
                    }
                    System.err.println();
                    return 10_240;
                  })
              .join();
      assertThat(printed).isEqualTo(10_240);
    }
    assertThat(lines(out)).hasSize(10_240);
    assertThat(
            lines(err).stream()
                .filter(line -> line.startsWith("[cpu-1] ")) // The close may log something, too.
                .mapToLong(line -> line.length() - "[cpu-1] ".length())
                .sum())
        .isEqualTo(10_240L * 1_023);
  }

  static void spin() {
    while (System.nanoTime() != 0) {
      Thread.onSpinWait();
    }
  }

  static int sleepInHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(OutputTest::spin, "endless-hook"));
    new Thread(OutputTest::spin, "not-a-daemon").start();
    return 1;
  }

  @Test
  @Tag("scenario-230")
  @DisplayName("a worker JVM that does not exit in time is halted, and prints its threads")
  void haltsAfterTheExitTimeout() throws Exception {
    long start;
    try (Pools pools =
        Pools.builder().pool(Cpu.config(1).exitTimeout(Duration.ofMillis(400))).build()) {
      assertThat(pools.pool("cpu").submit(OutputTest::sleepInHook).join()).isEqualTo(1);
      start = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(lines(err))
        .anyMatch(line -> line.contains("did not exit within 400 ms (exit-timeout) and is halted"))
        .anyMatch(line -> line.contains("\"endless-hook\""))
        .anyMatch(line -> line.contains("\"not-a-daemon\""));
  }

  @Test
  @Tag("scenario-280")
  @DisplayName("parent and workers print nothing of their own, and log no error without cause")
  void printsNothingElse() throws Exception {
    Queue<String> logged;
    try (LogLines log = new LogLines();
        Cpu cpu = Cpu.of(2)) {
      logged = log.lines();
      byte[] binary = new byte[100_000];
      for (int i = 0; i < 20; i++) {
        Task<Integer> task = cpu.submit(() -> binary.length);
        assertThat(task.join()).isEqualTo(100_000);
      }
      Task<Integer> stopped = cpu.spin();
      stopped.cancel(true);
      Task<Integer> failing = cpu.submit(() -> WorkerCrashTest.halt(3));
      Cpu.awaitDone(stopped);
      Cpu.awaitDone(failing);
      cpu.pools.close();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(logged).isEmpty();
  }
}

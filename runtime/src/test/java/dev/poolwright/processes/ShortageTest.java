package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.BrokenPoolException;
import dev.poolwright.PoolStats;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.WorkerStartException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail for a while, with worker JVMs that run. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class ShortageTest {
  private static final String SEATS = "poolwright.test.seats";
  private final String home = System.getProperty("java.home");

  @TempDir private Path empty;

  @AfterEach
  void end() {
    System.setProperty("java.home", home);
    System.clearProperty(SEATS);
  }

  /** No worker JVM can be started until {@link #end}. */
  private void lack() {
    System.setProperty("java.home", empty.toString());
  }

  private static List<Task<Long>> submit(Cpu cpu, int count) {
    List<Task<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(cpu.submit(Cpu::ownPid));
    }
    return tasks;
  }

  private static List<Cpu.Held<Long>> hold(Cpu cpu, int count) throws IOException {
    List<Cpu.Held<Long>> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(cpu.hold(Cpu::ownPid));
    }
    return held;
  }

  private static void letGo(List<Cpu.Held<Long>> held) throws IOException {
    for (Cpu.Held<Long> each : held) {
      each.visitor().letGo();
      assertThat(each.task().join()).isPositive();
    }
  }

  private static void assertAddsUp(Cpu cpu, long failed) {
    PoolStats stats = cpu.pool.stats();
    assertThat(stats.failed()).isEqualTo(failed);
    assertThat(stats.succeeded() + failed).isEqualTo(stats.submitted());
  }

  @Test
  @DisplayName("with two of three workers alive no task fails, and the third starts afterwards")
  void goesOnWithThoseThatLive() throws Exception {
    try (LogLines log = new LogLines();
        Cpu cpu = Cpu.of(3)) {
      List<Cpu.Held<Long>> two = hold(cpu, 2);
      lack();
      List<Task<Long>> waiting = submit(cpu, 30);
      letGo(two);
      assertThat(waiting).allSatisfy(task -> assertThat(task.join()).isPositive());
      assertThat(submit(cpu, 300)).allSatisfy(task -> assertThat(task.join()).isPositive());
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("the pool goes on with 2 worker JVMs"));
      end();
      letGo(hold(cpu, 3)); // The third is at the gate only once it has been started.
      assertAddsUp(cpu, 0);
    }
  }

  /** Lets two worker JVMs start. */
  static final class TakesSeat implements Runnable {
    @Override
    public void run() {
      Path seats = Path.of(System.getProperty(SEATS));
      for (int i = 0; i < 2; i++) {
        try {
          Files.createFile(seats.resolve("seat" + i));
          return;
        } catch (FileAlreadyExistsException e) {
          // The next one.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      throw new IllegalStateException("both seats are taken");
    }
  }

  @Test
  @DisplayName("an initializer with two seats for three workers: thousands of calls, none fails")
  void goesOnWithTwoSeats() throws Exception {
    System.setProperty(SEATS, empty.toString());
    ProcessPoolConfig config = Cpu.config(3).initializer(TakesSeat.class);
    try (LogLines log = new LogLines();
        Cpu cpu = new Cpu(config)) {
      List<Cpu.Held<Long>> two = hold(cpu, 2);
      List<Task<Long>> third = submit(cpu, 1);
      letGo(two);
      assertThat(third.get(0).join()).isPositive();
      for (int i = 0; i < 20; i++) {
        assertThat(submit(cpu, 100)).allSatisfy(task -> assertThat(task.join()).isPositive());
      }
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("both seats are taken"));
      assertAddsUp(cpu, 0);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /** Uses what room there is. */
  private static Path fill(Path folder) throws IOException {
    Path file = folder.resolve("filler");
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4_096]);
      }
    } catch (IOException e) {
      return file; // No more room.
    }
  }

  @Test
  @DisplayName("a temp folder that is full for a while fails starts, and no task while one lives")
  void goesOnInAFullFolder() throws Exception {
    assumeTrue(System.getenv("XDG_RUNTIME_DIR") == null);
    String folder = System.getProperty("java.io.tmpdir");
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", empty.toString()) == 0);
    System.setProperty("java.io.tmpdir", empty.toString());
    try (LogLines log = new LogLines();
        Cpu cpu = Cpu.of(2)) {
      Path filler = fill(empty);
      Task<Long> none = cpu.submit(Cpu::ownPid);
      assertThatThrownBy(none::join)
          .hasCauseInstanceOf(WorkerStartException.class)
          .hasRootCauseInstanceOf(IOException.class);
      Files.delete(filler);
      List<Cpu.Held<Long>> one = hold(cpu, 1);
      filler = fill(empty);
      List<Task<Long>> waiting = submit(cpu, 30);
      letGo(one);
      assertThat(waiting).allSatisfy(task -> assertThat(task.join()).isPositive());
      assertThat(log.lines()).isNotEmpty();
      Files.delete(filler);
      letGo(hold(cpu, 2));
      assertAddsUp(cpu, 1);
    } finally {
      System.setProperty("java.io.tmpdir", folder);
      // What was mapped there stays until it is collected.
      assertThat(run("umount", "-l", empty.toString())).isZero();
    }
  }

  @Test
  @DisplayName("without any worker it is broken for a while, says so, and works again by itself")
  void worksAgainAfterAPause() throws Exception {
    try (LogLines log = new LogLines();
        Cpu cpu = Cpu.of(1)) {
      ProcessHandle worker = ProcessHandle.of(cpu.pid()).orElseThrow();
      lack();
      worker.destroyForcibly();
      worker.onExit().get(30, TimeUnit.SECONDS);
      int failed = 0;
      BrokenPoolException broken = null;
      while (broken == null) {
        try {
          Task<Long> task = cpu.submit(Cpu::ownPid);
          assertThatThrownBy(task::join).hasCauseInstanceOf(WorkerStartException.class);
          failed++;
        } catch (BrokenPoolException e) {
          broken = e;
        }
      }
      assertThat(failed).isEqualTo(3);
      assertThat(broken.isForGood()).isFalse();
      assertThat(broken).hasMessageContaining("tries again in");
      end();
      Task<Long> first = null;
      while (first == null) {
        try {
          first = cpu.submit(Cpu::ownPid);
        } catch (BrokenPoolException e) {
          TimeUnit.NANOSECONDS.sleep(1_000_000);
        }
      }
      assertThat(first.join()).isPositive();
      assertAddsUp(cpu, failed);
      assertThat(log.lines()).hasSize(1);
    }
  }
}

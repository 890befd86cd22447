package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.Job;
import dev.poolwright.Task;
import dev.poolwright.WorkerCrash;
import dev.poolwright.WorkerCrash.Kind;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a task learns of the death of its worker JVM, and that no other task does. */
@Timeout(180)
@ExtendWith(LeavesNothingBehind.class)
class WorkerCrashTest {

  private static WorkerCrashedException crashOf(Task<?> task) throws InterruptedException {
    Cpu.awaitDone(task);
    assertThat(task.exceptionNow()).isInstanceOf(WorkerCrashedException.class);
    return (WorkerCrashedException) task.exceptionNow();
  }

  @Test
  @Tag("scenario-160")
  @Tag("scenario-175")
  @DisplayName("a worker JVM killed by SIGKILL or SIGUSR1 fails its task alone")
  void tellsTheSignal() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      for (int signal : new int[] {9, 10}) {
        Instant before = Instant.now();
        long pid = cpu.pid();
        Task<Integer> running = cpu.spin();
        Task<Integer> next = cpu.submit(() -> 7);
        Cpu.kill(pid, Integer.toString(signal));
        WorkerCrash crash = crashOf(running).crash();
        assertThat(crash.kind()).isEqualTo(Kind.KILLED);
        assertThat(crash.signal()).isEqualTo(signal);
        assertThat(crash.pid()).isEqualTo(pid);
        assertThat(crash.pool()).isEqualTo("cpu");
        assertThat(crash.task()).isEqualTo(running.name());
        assertThat(crash.exitCode()).isEqualTo(128 + signal);
        assertThat(crash.startedAt()).isBetween(before.minusSeconds(60), Instant.now());
        assertThat(next.join()).isEqualTo(7);
      }
    }
  }

  @Test
  @DisplayName("a native crash tells its signal, and its report is kept for its user alone")
  void keepsCrashReports(@TempDir Path temp) throws Exception {
    Path folder = temp.resolve("kept");
    try (Cpu cpu = new Cpu(Cpu.config(1).crashFiles(folder.toString()))) {
      for (int i = 1; i <= 2; i++) {
        long pid = cpu.pid();
        Files.createDirectories(folder);
        Path expected = folder.resolve("hs_err_pid" + pid + (i == 1 ? "" : "-2") + ".log");
        if (i == 2) {
          Files.writeString(folder.resolve("hs_err_pid" + pid + ".log"), "of another process");
        }
        Task<Integer> task = cpu.spin();
        Cpu.kill(pid, "SEGV");
        WorkerCrashedException failure = crashOf(task);
        assertThat(failure)
            .hasMessageContaining("crashed in native code, signal 11 (SIGSEGV), exit code 134")
            .hasMessageContaining("its report is kept as " + expected);
        WorkerCrash crash = failure.crash();
        assertThat(crash.kind()).isEqualTo(Kind.NATIVE_CRASH);
        assertThat(crash.signal()).isEqualTo(11);
        assertThat(crash.errorFile()).isEqualTo(expected.toString());
        assertThat(crash.crashReport()).startsWith("#").contains("SIGSEGV (0xb)");
        assertThat(Files.readString(expected)).startsWith(crash.crashReport());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(expected)))
            .isEqualTo("rw-------");
      }
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("a crash report is kept in the working folder, and told of where it cannot be kept")
  void keepsCrashReportsInWorkingFolder(@TempDir Path temp) throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Task<Integer> task = cpu.spin();
      Cpu.kill(ProcessHandle.current().children().findFirst().orElseThrow().pid(), "SEGV");
      WorkerCrash crash = crashOf(task).crash();
      Path expected = Path.of("hs_err_pid" + crash.pid() + ".log").toAbsolutePath();
      assertThat(crash.errorFile()).isEqualTo(expected.toString());
      Files.delete(expected);
    }
    Path file = Files.writeString(temp.resolve("file"), "no folder");
    try (Cpu cpu = new Cpu(Cpu.config(1).crashFiles(file.toString()))) {
      Task<Integer> task = cpu.spin();
      Cpu.kill(ProcessHandle.current().children().findFirst().orElseThrow().pid(), "SEGV");
      try (LogLines log = new LogLines()) {
        WorkerCrash crash = crashOf(task).crash();
        assertThat(crash.errorFile()).isNull();
        assertThat(crash.crashReport()).contains("SIGSEGV (0xb)");
        assertThat(log.lines()).anyMatch(line -> line.contains("cannot keep a crash report in"));
      }
    }
  }

  @Test
  @Tag("scenario-161")
  @DisplayName("of three tasks on three workers the killed one fails, with its own exception")
  void failsOneOfThree() throws Exception {
    try (Cpu cpu = Cpu.of(3)) {
      Cpu.Held<Long> a = cpu.hold(Cpu::ownPid);
      Cpu.Held<Long> b = cpu.hold(Cpu::ownPid);
      Cpu.Held<Long> c = cpu.hold(Cpu::ownPid);
      ProcessHandle.current().children().findFirst().orElseThrow().destroyForcibly();
      int crashes = 0;
      for (Cpu.Held<Long> each : List.of(a, b, c)) {
        each.visitor().letGo();
        Cpu.awaitDone(each.task());
        crashes += each.task().isCompletedExceptionally() ? 1 : 0;
      }
      assertThat(crashes).isEqualTo(1);
      assertThat(cpu.pool.stats().workersCrashed()).isEqualTo(1);
    }
  }

  @Test
  @Tag("scenario-161")
  @DisplayName("each get of a crashed task shows the caller once")
  void showsTheCallerOnce() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Task<Integer> task = cpu.submit(() -> halt(9));
      CompletionException first = failureOf(task);
      CompletionException second = failureOf(task);
      assertThat(first).isNotSameAs(second);
      long callers =
          Arrays.stream(second.getStackTrace())
              .filter(frame -> frame.getMethodName().equals("failureOf"))
              .count();
      assertThat(callers).isLessThanOrEqualTo(1);
    }
  }

  private static CompletionException failureOf(Task<?> task) {
    try {
      task.join();
    } catch (CompletionException e) {
      return e;
    }
    throw new AssertionError("no failure");
  }

  static int halt(int code) {
    Runtime.getRuntime().halt(code);
    return code;
  }

  static int exit(int code) {
    System.exit(code);
    return code;
  }

  @Test
  @Tag("scenario-164")
  @Tag("scenario-165")
  @DisplayName("System.exit and exit code 0 in a task are crashes of that task")
  void takesNoExitForSuccess() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      WorkerCrashedException exit = crashOf(cpu.submit(() -> exit(5)));
      assertThat(exit.crash().kind()).isEqualTo(Kind.SYSTEM_EXIT);
      assertThat(exit.crash().exitCode()).isEqualTo(5);
      assertThat(exit).hasStackTraceContaining("WorkerCrashTest.exit");
      WorkerCrashedException halt = crashOf(cpu.submit(() -> halt(0)));
      assertThat(halt.crash().kind()).isEqualTo(Kind.EXITED);
      assertThat(halt.crash().exitCode()).isZero();
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    }
  }

  static int fillHeap() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1 << 20]);
    }
    return all.size();
  }

  @Test
  @Tag("scenario-166")
  @DisplayName("a worker JVM out of memory is replaced, each time")
  void replacesWorkersOutOfMemory() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Job<Integer> fills = WorkerCrashTest::fillHeap;
      Job<Integer> throwsOne =
          () -> {
            throw new OutOfMemoryError("of my own");
          };
      for (Job<Integer> job : List.of(fills, throwsOne)) {
        long pid = cpu.pid();
        WorkerCrashedException crash = crashOf(cpu.submit(job));
        assertThat(crash.crash().kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(crash).hasMessageContaining("ran out of memory");
        assertThat(cpu.pid()).isNotEqualTo(pid);
      }
    }
  }

  @Test
  @Tag("scenario-167")
  @DisplayName("a worker JVM killed while a large argument is written fails its task alone")
  void survivesKillDuringWrite() throws Exception {
    try (Cpu cpu = new Cpu(Cpu.config(1).payloadLimit(200 << 20).jvmArgs("-Xmx400m"))) {
      long pid = cpu.pid();
      Cpu.kill(pid, "STOP"); // It reads nothing, so that the write blocks.
      byte[] large = new byte[50 << 20];
      Task<Integer> task = cpu.submit(() -> large.length);
      while (task.status() == dev.poolwright.TaskStatus.QUEUED) {
        LockSupport.parkNanos(100_000);
      }
      Cpu.kill(pid, "KILL");
      // Not begun when its worker died, so another one runs it.
      assertThat(task.join()).isEqualTo(50 << 20);
    }
  }

  static int killParentsChildren() {
    ProcessHandle.current()
        .parent()
        .orElseThrow()
        .children()
        .filter(child -> child.pid() != Cpu.ownPid())
        .forEach(ProcessHandle::destroyForcibly);
    return Cpu.count();
  }

  @Test
  @Tag("scenario-170")
  @DisplayName("workers that kill one another fail their tasks and hang nothing")
  void survivesMutualKill() throws Exception {
    try (Cpu cpu = Cpu.of(5)) {
      List<Cpu.Held<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(cpu.hold(WorkerCrashTest::killParentsChildren));
      }
      for (Cpu.Held<Integer> each : all) {
        each.visitor().letGo();
      }
      int killed = 0;
      while (killed < 4) {
        killed = (int) all.stream().filter(each -> each.task().isDone()).count();
        LockSupport.parkNanos(100_000);
      }
      for (Cpu.Held<Integer> each : all) {
        each.task().cancel(true);
        Cpu.awaitDone(each.task());
      }
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    }
  }

  @Test
  @Tag("scenario-264")
  @DisplayName("the last words before a crash are in its message")
  void keepsLastWords() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      Task<Integer> task =
          cpu.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  System.err.println("line " + i);
                }
                return halt(3);
              });
      assertThatThrownBy(task::join).hasMessageContaining("line 99");
      assertThat(crashOf(task).crash().lastStderr()).contains("line 0\n").endsWith("line 99\n");
    }
  }
}

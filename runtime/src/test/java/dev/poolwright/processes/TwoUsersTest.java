package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.poolwright.Task;
import dev.poolwright.WorkerCrashedException;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What another user of the machine can do and see; run by root, who can be another. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class TwoUsersTest {

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String SECRET = "swordfish-" + ProcessHandle.current().pid();

  @TempDir Path temp;
  private Path shared;
  private String before;

  /** Stays in the start as long as the file is there, so that others can look. */
  public static final class Slow implements Runnable {
    @Override
    public void run() {
      while (Files.exists(Path.of(System.getProperty("two.users.hold")))) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  @BeforeEach
  void share() throws IOException {
    assumeTrue(Files.isExecutable(SETPRIV) && Path.of("/proc/self").toFile().exists());
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    shared = Files.createDirectory(temp.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", shared.toString());
    System.setProperty("two.users.secret", SECRET);
    System.setProperty("two.users.hold", temp.resolve("hold").toString());
  }

  @AfterEach
  void putBack() {
    if (before != null) {
      System.setProperty("java.io.tmpdir", before);
      System.clearProperty("two.users.secret");
      System.clearProperty("two.users.hold");
    }
  }

  /** What a command of another user prints. */
  private static String asNobody(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(SETPRIV.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return said;
  }

  private static List<Path> list(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.toList();
    }
  }

  @Test
  @DisplayName("another user sees no property of a worker JVM, in its start or afterwards")
  void keepsProperties() throws Exception {
    Path hold = Files.writeString(temp.resolve("hold"), "");
    try (Cpu cpu = new Cpu(Cpu.config(1).initializer(Slow.class))) {
      Task<String> task = cpu.submit(() -> System.getProperty("two.users.secret"));
      while (list(shared).isEmpty() || list(list(shared).get(0)).size() < 2) {
        LockSupport.parkNanos(100_000);
      }
      Path directory = list(shared).get(0);
      assertThat(list(directory)).anyMatch(file -> holdsSecret(file));
      List<ProcessHandle> workers =
          ProcessHandle.current()
              .children()
              .filter(child -> child.info().command().orElse("").endsWith("java"))
              .toList();
      assertThat(workers).hasSize(1);
      assertNothingSeen(workers);
      Files.delete(hold);
      assertThat(task.join()).isEqualTo(SECRET);
      assertNothingSeen(workers);
    }
    assertThat(list(shared)).isEmpty();
  }

  private static boolean holdsSecret(Path file) {
    try {
      return file.toString().endsWith(".args") && Files.readString(file).contains(SECRET);
    } catch (IOException e) {
      return false;
    }
  }

  private void assertNothingSeen(List<ProcessHandle> workers) throws Exception {
    assertThat(asNobody("grep", "-rs", SECRET, shared.toString())).isEmpty();
    assertThat(asNobody("find", shared.toString(), "-mindepth", "2")).contains("Permission denied");
    for (ProcessHandle worker : workers) {
      assertThat(asNobody("cat", "/proc/" + worker.pid() + "/cmdline")).doesNotContain(SECRET);
      assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/environ")))
          .doesNotContain(SECRET);
    }
  }

  @Test
  @DisplayName("another user sees no report of a crash, nor has one written elsewhere")
  void keepsCrashReports() throws Exception {
    Path kept = Files.createDirectory(temp.resolve("kept"));
    try (Cpu cpu = new Cpu(Cpu.config(1).crashFiles(kept.toString()))) {
      Path target = temp.resolve("target");
      assertThat(asNobody("ls", kept.toString())).isEmpty(); // He gets in.
      long pid = cpu.pid();
      String planted = shared.resolve("hs_err_pid" + pid + ".log").toString();
      assertThat(asNobody("ln", "-s", target.toString(), planted)).isEmpty();
      Task<Integer> task = cpu.spin();
      Cpu.kill(pid, "SEGV");
      Cpu.awaitDone(task);
      Path report = kept.resolve("hs_err_pid" + pid + ".log");
      assertThat(Files.readString(report)).contains(SECRET); // That is why.
      assertThat(asNobody("cat", report.toString())).contains("Permission denied");
      assertThat(asNobody("grep", "-rs", SECRET, temp.toString())).isEmpty();
      assertThat(target).doesNotExist();
      assertThat(task.exceptionNow().toString()).doesNotContain(SECRET);
      assertThat(((WorkerCrashedException) task.exceptionNow()).crash().toString())
          .doesNotContain(SECRET);
    }
  }

  @Test
  @DisplayName("another user who takes the directory's place gets nothing, and no code is run")
  void usesNobodyElsesDirectory() throws Exception {
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Path directory = list(shared).get(0);
      Files.delete(directory); // As a cleaner of the temp folder does, since it is empty.
      assertThat(asNobody("mkdir", "-m", "777", directory.toString())).isEmpty();
      Cpu.kill(pid, "KILL");
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
      assertThat(list(shared)).hasSize(2).contains(directory);
      assertThat(list(directory)).isEmpty();
      assertThat(asNobody("touch", directory.resolve("trap").toString())).isEmpty();
      cpu.pools.close(Duration.ZERO);
      assertThat(list(shared)).containsExactly(directory);
      assertThat(directory.resolve("trap")).exists();
    }
  }

  @Test
  @DisplayName("a link that another user puts in the directory's place is not followed")
  void followsNoLink() throws Exception {
    Path home = Files.createDirectory(temp.resolve("home"));
    Path precious = Files.writeString(home.resolve("precious"), "work of years");
    try (Cpu cpu = Cpu.of(1)) {
      long pid = cpu.pid();
      Path directory = list(shared).get(0);
      Files.delete(directory);
      assertThat(asNobody("ln", "-s", home.toString(), directory.toString())).isEmpty();
      Cpu.kill(pid, "KILL");
      assertThat(cpu.submit(() -> 7).join()).isEqualTo(7);
    }
    assertThat(precious).exists();
    assertThat(list(home)).containsExactly(precious);
  }
}

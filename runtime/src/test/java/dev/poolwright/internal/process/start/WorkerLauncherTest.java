package dev.poolwright.internal.process.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.WorkerStartException;
import dev.poolwright.internal.LeavesNothingBehind;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.Calls;
import dev.poolwright.internal.process.Calls.Echo;
import dev.poolwright.internal.process.OneWorker;
import dev.poolwright.internal.process.TestLife;
import dev.poolwright.internal.process.jvm.SocketEndpoint;
import dev.poolwright.internal.process.jvm.WorkerDirectory;
import dev.poolwright.internal.wire.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class WorkerLauncherTest {

  /** An initializer that leaves a trace which calls can see. */
  static final class Marks implements Runnable {
    @Override
    public void run() {
      System.setProperty("initialized", "yes");
    }
  }

  /** An initializer that fails. */
  static final class Fails implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no licence");
    }
  }

  /** An initializer that never ends. */
  static final class Hangs implements Runnable {
    @Override
    public void run() {
      while (System.nanoTime() != 0) {
        Thread.onSpinWait();
      }
    }
  }

  record Property(String name) implements dev.poolwright.spi.Call<Calls, String> {
    @Override
    public String on(Calls target) {
      return System.getProperty(name, "unset");
    }
  }

  @Test
  @Tag("scenario-104")
  @DisplayName("the initializer runs before the first call")
  void initializes() throws IOException {
    try (OneWorker worker = new OneWorker(OneWorker.config().initializer(Marks.class))) {
      assertThat(worker.call(new Property("initialized")).value()).isEqualTo("yes");
    }
  }

  @Test
  @Tag("scenario-121")
  @DisplayName("an initializer that throws is told with its stack")
  void tellsFailedInitializer() {
    assertThatThrownBy(() -> new OneWorker(OneWorker.config().initializer(Fails.class)))
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("could not be started: initializer " + Fails.class.getName())
        .hasMessageContaining("java.lang.IllegalStateException: no licence");
  }

  @Test
  @Tag("scenario-107")
  @DisplayName("an initializer that hangs is killed at the start timeout")
  void killsHangingInitializer() {
    assertThatThrownBy(
            () ->
                new OneWorker(
                    OneWorker.config()
                        .initializer(Hangs.class)
                        .startTimeout(Duration.ofSeconds(2))))
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("not ready within PT2S (start-timeout)");
  }

  @Test
  void aStartThatASignalToTheWholeGroupEndsIsTriedAgain() throws IOException {
    AtomicInteger starts = new AtomicInteger();
    Machine machine =
        new Machine() {
          @Override
          public Process start(ProcessBuilder command) throws IOException {
            Process process = super.start(command);
            if (starts.incrementAndGet() < 3) {
              assertThat(process.toHandle().destroy()).isTrue(); // SIGTERM, as to any other.
            }
            return process;
          }
        };
    try (OneWorker worker = new OneWorker(OneWorker.config(), machine)) {
      assertThat(worker.call(new Property("user.dir")).value()).isNotEqualTo("unset");
    }
    assertThat(starts).hasValue(3);
  }

  @Test
  @Tag("scenario-120")
  @DisplayName("a missing java is told with its path")
  void tellsMissingJava(@TempDir Path empty) {
    String java = empty.resolve("java").toString();
    assertThatThrownBy(() -> new OneWorker(OneWorker.config().java(java)))
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining(java)
        .hasMessageContaining("No such file");
  }

  @Test
  @DisplayName("a path too long for a Unix socket falls back to a loopback port")
  void fallsBackToLoopback(@TempDir Path temp) throws IOException, InterruptedException {
    String before = System.getProperty("java.io.tmpdir");
    try (TestLife life = new TestLife();
        SocketEndpoint endpoint =
            SocketEndpoint.open(temp.resolve("x".repeat(120)), life.deadlines())) {
      assertThat(endpoint.address()).startsWith("tcp:");
    }
    Path deep = Files.createDirectories(temp.resolve("y".repeat(60)).resolve("z".repeat(60)));
    String system = System.getProperty("os.name");
    System.setProperty("java.io.tmpdir", deep.toString());
    System.setProperty("os.name", "Other"); // So that there are no pipes.
    try (OneWorker worker = OneWorker.start()) {
      assertThat(worker.call(new Echo(1)).value()).isEqualTo(1);
    } finally {
      System.setProperty("java.io.tmpdir", before);
      System.setProperty("os.name", system);
    }
  }

  @Test
  @DisplayName("the application's properties reach workers, the parent's own options do not")
  void choosesOptions(@TempDir Path temp) throws IOException {
    System.setProperty("my.app.mode", "a \"b\" \\ c");
    try {
      Path file = temp.resolve("args");
      ProcessBuilder builder =
          new WorkerCommand(
                  PoolSettings.of(OneWorker.config().environment("A=1=2")),
                  new WorkerDirectory(null))
              .prepare(
                  PrivateDirectory.create(temp.resolve("home")), file, null, java.util.List.of());
      String text = Files.readString(file);
      assertThat(text)
          .contains("\"-Dmy.app.mode=a \\\"b\\\" \\\\ c\"")
          .doesNotContain("-Djava.class.path")
          .doesNotContain("-Dsun.java.command");
      assertThat(builder.environment())
          .containsEntry("A", "1=2")
          .doesNotContainKeys("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
      try (OneWorker worker = OneWorker.start()) {
        assertThat(worker.call(new Property("my.app.mode")).value()).isEqualTo("a \"b\" \\ c");
      }
    } finally {
      System.clearProperty("my.app.mode");
    }
  }
}

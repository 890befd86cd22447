package dev.poolwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.poolwright.Job;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.internal.LeavesNothingBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a task's child processes inherit is what children of the application do. */
@Timeout(60)
@EnabledOnOs(LINUX)
@ExtendWith(LeavesNothingBehind.class)
@SuppressWarnings("serial") // The tasks travel as they are.
final class InheritanceTest {
  private static final String LEFT_OUT =
      "POOLWRIGHT_MARK=|JAVA_TOOL_OPTIONS=|JDK_JAVA_OPTIONS=|_JAVA_OPTIONS=|CLASSPATH=|_=";

  private static <T> T inWorker(Job<T> work) throws Exception {
    try (Pools pools =
        Pools.builder()
            .pool(ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m"))
            .build()) {
      return pools.pool("cpu").submit(work).join();
    }
  }

  private static List<String> lines(String script) throws IOException {
    Process child =
        new ProcessBuilder("sh", "-c", script)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private static List<String> signals() throws IOException {
    return lines("grep -E '^Sig(Ign|Blk)' /proc/self/status");
  }

  private static List<String> descriptors() throws IOException {
    return lines("ls /proc/self/fd");
  }

  private static List<String> input() throws IOException {
    return lines("readlink /proc/self/fd/0");
  }

  private static List<String> environment() throws IOException {
    return lines("env | sort | grep -v -E '^(" + LEFT_OUT + ")'");
  }

  @Test
  void theSameSignalsAreIgnored() throws Exception {
    assertThat(inWorker(InheritanceTest::signals)).isEqualTo(signals()).hasSize(2);
  }

  @Test
  void theSameDescriptorsAreOpen() throws Exception {
    assertThat(inWorker(InheritanceTest::descriptors)).isEqualTo(descriptors()).isNotEmpty();
  }

  @Test
  void theEnvironmentIsTheSame() throws Exception {
    assertThat(inWorker(InheritanceTest::environment)).isEqualTo(environment()).isNotEmpty();
  }

  @Test
  void theStandardInputIsTheSame() throws Exception {
    assertThat(inWorker(InheritanceTest::input)).isEqualTo(input()).hasSize(1);
  }

  @Test
  void aTaskEndsItsChildByASignal() throws Exception {
    int code =
        inWorker(
            () -> {
              Process child = new ProcessBuilder("sleep", "60").start();
              child.destroy();
              return child.waitFor();
            });
    assertThat(code).isEqualTo(128 + 15);
  }
}

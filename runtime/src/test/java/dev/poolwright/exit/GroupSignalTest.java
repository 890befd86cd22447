package dev.poolwright.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.poolwright.internal.LeavesNothingBehind;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal to the whole group, as a service manager or a terminal sends it. */
@Timeout(90)
@EnabledOnOs(LINUX)
@ExtendWith(LeavesNothingBehind.class)
final class GroupSignalTest {

  @ParameterizedTest
  @CsvSource({"own, TERM", "own, HUP", "own, INT", "grace, TERM"})
  void losesNothingThatWasAccepted(String program, String signal) throws Exception {
    Process process =
        new ProcessBuilder(
                "env",
                "--default-signal", // Whoever runs the tests may ignore some.
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OwnedPools.class.getName(),
                program)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      Process kill =
          new ProcessBuilder("kill", "-" + signal, "--", "-" + process.pid()).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
      List<String> out = lines.lines().toList();
      assertThat(out).isEqualTo(Collections.nCopies(6, "SUCCEEDED"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}

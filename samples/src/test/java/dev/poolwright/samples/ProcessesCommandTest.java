package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ProcessesCommandTest {

  @Test
  void printsTenAnswersOfOtherProcesses() {
    SampleRun run = SampleRun.of("processes");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines().get(0)).contains(ProcessHandle.current().pid() + ".");
    assertThat(run.out()).contains("10 squared is 100, says process");
    assertThat(
            run.lines().stream()
                .filter(line -> line.contains("says process"))
                .map(line -> line.replaceFirst(".* process ", ""))
                .collect(Collectors.toSet()))
        .hasSizeBetween(1, ProcessExercise.WORKERS)
        .doesNotContain(String.valueOf(ProcessHandle.current().pid()));
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}

package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThreadsCommandTest {

  @Test
  void printsTenAnswersOfFourWorkers() {
    SampleRun run = SampleRun.of("threads");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.lines()).hasSize(12);
    assertThat(run.lines().get(10)).contains("10 squared is 100");
    assertThat(run.out())
        .contains("exercise-1", "exercise-2", "exercise-3", "exercise-4")
        .doesNotContain("exercise-5")
        .contains("ideal 600 ms (3 rounds of 4 workers); one after another 2,000 ms.");
  }
}

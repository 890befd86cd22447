package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MapCommandTest {

  @Test
  void printsTenAnswersInInputOrder() {
    SampleRun run = SampleRun.of("map");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(11);
    for (int number = 1; number <= 10; number++) {
      assertThat(run.lines().get(number - 1)).contains(number + " squared is");
    }
    assertThat(run.out()).contains("ideal 600 ms (3 rounds of 4 workers)");
  }
}

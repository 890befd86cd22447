package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CallbackCommandTest {

  @Test
  void runsTheWholeChain() {
    SampleRun run = SampleRun.of("callback");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(6);
    assertThat(run.out())
        .contains("Ships ", "Crew ", "The quay ", "Tides ", "saved on save-1")
        .contains("Not fetched: There is no page fog.html")
        .doesNotContain("in process " + ProcessHandle.current().pid());
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}

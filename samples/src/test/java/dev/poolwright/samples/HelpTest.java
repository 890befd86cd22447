package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HelpTest {

  @Test
  void listsTheCommands() {
    SampleRun run = SampleRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: samples")
        .contains("threads", "map", "processes", "callback", "crawl", "jars");
  }

  @Test
  void saysWhatACommandTakes() {
    SampleRun run = SampleRun.of("crawl", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("[URL...]", "--depth", "--pages");
  }

  @Test
  void givesHelpWithoutACommand() {
    SampleRun run = SampleRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand", "Usage: samples");
  }

  @Test
  void refusesAnUnknownCommand() {
    SampleRun run = SampleRun.of("thread");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("thread");
  }
}

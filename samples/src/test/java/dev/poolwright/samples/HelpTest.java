package dev.poolwright.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HelpTest {

  @Test
  void listsTheCommands() {
    SampleRun run = SampleRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: samples")
        .contains("threads", "map", "processes", "callback", "crawl", "jars", "cluster");
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

  @ParameterizedTest
  @ValueSource(strings = {"--version", "threads --version", "crawl -V"})
  void tellsTheVersion(String arguments) {
    SampleRun run = SampleRun.of(arguments.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("Poolwright \\d+\\.\\d+\\.\\S+\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thread | Unmatched argument at index 0: 'thread'; did you mean threads. See 'samples --help'.",
        "threads --fast | Unknown option: '--fast'. See 'samples threads --help'.",
        "crawl --depth=-1 | --depth is -1; must be 0 or more. See 'samples crawl --help'.",
        "crawl --pages=0 | --pages is 0; must be 1 or more. See 'samples crawl --help'.",
        "crawl --pages=x | Invalid value for option '--pages': 'x' is not an int.",
        "crawl harbour | harbour is no web address; it must be as http://example.org/. See",
        "crawl ftp://a/ | ftp://a/ is no web address; it must be as http://example.org/. See",
        "crawl http://a%/ | http://a%/ is no web address: ",
        "map --timeline=/no/such/run | cannot write /no/such/run.html. See 'samples --help'.",
        "jars --rows=-1 | --rows is -1; must be 0 or more. See 'samples jars --help'.",
        "jars /no/such | there is no folder /no/such. See 'samples jars --help'."
      })
  void saysInOneLineWhatIsWrong(String arguments, String complaint) {
    SampleRun run = SampleRun.of(arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(complaint).hasLineCount(1);
  }
}

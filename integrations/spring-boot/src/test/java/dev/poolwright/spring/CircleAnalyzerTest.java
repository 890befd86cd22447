package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.context.annotation.Import;

/** A bean that needs its own proxy is told how to have it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CircleAnalyzerTest {

  /** What the analyzers of the application said. */
  private static final List<FailureAnalysis> REPORTED = new ArrayList<>();

  @Test
  void aCircleIsToldWithTheWayOut() {
    REPORTED.clear();
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);

    assertThatThrownBy(application::run).hasMessageContaining("Selfish");

    assertThat(REPORTED)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.getDescription())
                  .contains("needs the proxy AsyncSelfish, which needs that bean first");
              assertThat(told.getAction()).contains("Inject ObjectProvider<AsyncSelfish>");
            });
  }

  @ImportAutoConfiguration(PoolwrightAutoConfiguration.class)
  @Import(Selfish.class)
  static class Application {}

  /** Named in the test's spring.factories. */
  static final class Reporter implements FailureAnalysisReporter {
    @Override
    public void report(FailureAnalysis analysis) {
      REPORTED.add(analysis);
    }
  }
}

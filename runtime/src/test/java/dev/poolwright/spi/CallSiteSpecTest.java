package dev.poolwright.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class CallSiteSpecTest {

  @Test
  void aSettingMakesAnotherDescriptionAndKeepsTheOthers() {
    CallSiteSpec<Object> bare = CallSite.of(Object.class, "get(String)", "io");

    CallSiteSpec<Object> made =
        bare.returnsStage()
            .timeout("2s")
            .retries(3)
            .cannotTravel("result Thread")
            .needsModules()
            .onFailure("failed(Throwable)", (target, failure) -> {})
            .onDone("done(Task)", (target, task) -> {});

    assertThat(made.taskName()).isEqualTo("Object.get(String)");
    assertThat(made.pool()).isEqualTo("io");
    assertThat(made.isStage()).isTrue();
    assertThat(made.isStatic()).isFalse();
    assertThat(made.timeout()).hasValue(Duration.ofSeconds(2));
    assertThat(made.retries()).hasValue(3);
    assertThat(made.travelProblem()).hasValue("result Thread");
    assertThat(made.isModulesNeeded()).isTrue();
    assertThat(made.callbacks())
        .extracting(SiteCallback::name)
        .containsExactly("failed(Throwable)", "done(Task)");
    assertThat(bare.isStage()).isFalse();
    assertThat(bare.timeout()).isEmpty();
    assertThat(bare.retries()).isEmpty();
    assertThat(bare.travelProblem()).isEmpty();
    assertThat(bare.isModulesNeeded()).isFalse();
    assertThat(bare.callbacks()).isEmpty();
  }
}

package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolConfigTest {

  @Test
  void setsNothingAtFirst() {
    for (PoolSetting setting : PoolSetting.values()) {
      assertThat(ThreadPoolConfig.named("io").get(setting)).isEmpty();
      assertThat(ProcessPoolConfig.named("cpu").get(setting)).isEmpty();
    }
    assertThat(ThreadPoolConfig.named("io").name()).isEqualTo("io");
    assertThat(ProcessPoolConfig.named("cpu").name()).isEqualTo("cpu");
  }

  @Test
  void keepsWhatWasSetBefore() {
    PoolConfig config = ThreadPoolConfig.named("io").maxWorkers(4).queueCapacity(5).maxWorkers(6);

    assertThat(config.get(PoolSetting.MAX_WORKERS)).hasValue(6);
    assertThat(config.get(PoolSetting.QUEUE_CAPACITY)).hasValue(5);
  }

  @Test
  void refusesSettingsOfOtherKinds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("io").set(PoolSetting.ALLOW, List.of()))
        .withMessage(
            "pool \"io\": allow is a setting of pools of processes or cluster nodes, not of"
                + " threads");
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEP_ALIVE", "PRESTART"})
  void refusesWhatIsAboutIdleWorkersForVirtualThreads(PoolSetting setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualPoolConfig.named("io").set(setting, 1))
        .withMessage(
            "pool \"io\": %s is a setting of pools of threads or processes, not of virtual"
                + " threads: each task starts its own, so none is idle",
            setting.key());
  }

  @Test
  void runnableItselfIsNoInitializer() {
    assertThat(
            ProcessPoolConfig.named("cpu").initializer(Runnable.class).get(PoolSetting.INITIALIZER))
        .hasValue("");
  }

  @Test
  void copiesOnEveryChange() {
    ThreadPoolConfig four = ThreadPoolConfig.named("io").maxWorkers(4);

    assertThat(four.maxWorkers(8).get(PoolSetting.MAX_WORKERS)).hasValue(8);
    assertThat(four.get(PoolSetting.MAX_WORKERS)).hasValue(4);
  }

  @Test
  @Tag("scenario-4")
  @DisplayName("maxWorkers out of range is refused with value and range")
  void refusesMaxWorkersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("io").maxWorkers(-1))
        .withMessage("pool \"io\": max-workers is -1; must be 0 to 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessPoolConfig.named("cpu").maxWorkers(1_025))
        .withMessage("pool \"cpu\": max-workers is 1025; must be 0 to 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualPoolConfig.named("web").maxWorkers(1_000_001))
        .withMessage("pool \"web\": max-workers is 1000001; must be 0 to 1,000,000");
  }

  @Test
  @Tag("scenario-149")
  @DisplayName("a negative time limit is refused")
  void refusesNegativeTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("io").timeout(Duration.ofSeconds(-1)))
        .withMessageStartingWith("pool \"io\": timeout is PT-1S; must be a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "io/cpu", "pool=1", "ä"})
  void refusesNamesThatThreadsAndPropertiesCannotHave(String name) {
    String text =
        "pool name is \"%s\"; must be 1 to 64 letters, digits, dots, hyphens and underscores";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named(name))
        .withMessage(text, name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessPoolConfig.named(name))
        .withMessage(text, name);
  }

  @Test
  void namesHaveAtMost64Letters() {
    assertThat(ThreadPoolConfig.named("a".repeat(64)).name()).hasSize(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("a".repeat(65)))
        .withMessageStartingWith("pool name is \"aaa");
  }
}

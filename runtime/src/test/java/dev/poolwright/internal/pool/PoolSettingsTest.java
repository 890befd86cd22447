package dev.poolwright.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class PoolSettingsTest {

  private static final int CPUS = Runtime.getRuntime().availableProcessors();

  @Test
  void fillsInTheDefaultsOfThreads() {
    PoolSettings settings = PoolSettings.of(ThreadPoolConfig.named("io"));

    assertThat(settings.name()).isEqualTo("io");
    assertThat(settings.kind()).isEqualTo(PoolKind.THREAD);
    assertThat(settings.number(PoolSetting.QUEUE_CAPACITY)).isEqualTo(1_024);
    assertThat(settings.whenSaturated()).isEqualTo(SaturationPolicy.BLOCK);
    assertThat(settings.duration(PoolSetting.KEEP_ALIVE)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.prestart()).isZero();
    assertThat(settings.timeout()).isNull();
    assertThat(settings.values()).containsOnlyKeys(PoolSetting.values()).isUnmodifiable();
  }

  @Test
  void fillsInTheDefaultsOfProcesses() {
    PoolSettings settings = PoolSettings.of(ProcessPoolConfig.named("cpu"));

    assertThat(settings.duration(PoolSetting.KEEP_ALIVE)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.queueBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 8);
    assertThat(settings.duration(PoolSetting.CANCEL_GRACE)).isZero();
    assertThat(settings.number(PoolSetting.MAX_TASKS_PER_WORKER)).isZero();
    assertThat(settings.duration(PoolSetting.START_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.duration(PoolSetting.EXIT_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.words(PoolSetting.JVM_ARGS)).isEmpty();
    assertThat(settings.words(PoolSetting.ENVIRONMENT)).isEmpty();
    assertThat(settings.text(PoolSetting.INITIALIZER)).isEmpty();
    assertThat(settings.words(PoolSetting.MODULES)).isEmpty();
    assertThat(settings.bytes(PoolSetting.PAYLOAD_LIMIT)).isEqualTo(64L << 20);
    assertThat(settings.words(PoolSetting.ALLOW)).isEmpty();
    assertThat(settings.text(PoolSetting.CRASH_FILES)).isEmpty();
  }

  @Test
  void readsWhatIsGiven() {
    PoolSettings settings =
        PoolSettings.of(
            ProcessPoolConfig.named("cpu")
                .maxWorkers(3)
                .queueBytes(9)
                .timeout(Duration.ofSeconds(1))
                .jvmArgs("-ea")
                .initializer(Thread.class));

    assertThat(settings.maxWorkers()).isEqualTo(3);
    assertThat(settings.queueBytes()).isEqualTo(9);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.words(PoolSetting.JVM_ARGS)).isEqualTo(List.of("-ea"));
    assertThat(settings.text(PoolSetting.INITIALIZER)).isEqualTo("java.lang.Thread");
  }

  @Test
  @Tag("scenario-4")
  @Tag("scenario-82")
  @DisplayName("workers left out, or 0, are the number of CPUs")
  void maxWorkersIsTheNumberOfCpus() {
    assertThat(PoolSettings.of(ThreadPoolConfig.named("io")).maxWorkers()).isEqualTo(CPUS);
    assertThat(PoolSettings.of(ThreadPoolConfig.named("io").maxWorkers(0)).maxWorkers())
        .isEqualTo(CPUS);
  }

  @Test
  void virtualThreadsAre256WhereNoNumberIsGiven() {
    assertThat(PoolSettings.of(VirtualPoolConfig.named("io")).maxWorkers()).isEqualTo(256);
    assertThat(PoolSettings.of(VirtualPoolConfig.named("io").maxWorkers(0)).maxWorkers())
        .isEqualTo(256);
  }

  @Test
  void prestartsNoMoreThanMaxWorkers() {
    assertThat(PoolSettings.of(ThreadPoolConfig.named("io").prestart(1_024)).prestart())
        .isEqualTo(CPUS);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PoolSettings("io", PoolKind.THREAD, Map.of(PoolSetting.MAX_WORKERS, -1)))
        .withMessage("max-workers is -1; must be 0 to 1,024");
  }
}

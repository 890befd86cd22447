package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolConfigTest {

  @Test
  void setsNothingAtFirst() {
    assertThat(ThreadPoolConfig.named("io").settings()).isEmpty();
    assertThat(ThreadPoolConfig.named("io").name()).isEqualTo("io");
    assertThat(ThreadPoolConfig.named("io").kind()).isEqualTo(PoolKind.THREAD);
    assertThat(ProcessPoolConfig.named("cpu").settings()).isEmpty();
    assertThat(ProcessPoolConfig.named("cpu").name()).isEqualTo("cpu");
    assertThat(ProcessPoolConfig.named("cpu").kind()).isEqualTo(PoolKind.PROCESS);
  }

  @Test
  void threadPoolSetsEachSetting() {
    PoolConfig config =
        ThreadPoolConfig.named("io")
            .maxWorkers(4)
            .queueCapacity(5)
            .whenSaturated(SaturationPolicy.CALLER_RUNS)
            .keepAlive(Duration.ofSeconds(6))
            .prestart(2)
            .timeout(Duration.ofSeconds(7));

    assertThat(config.settings())
        .containsExactly(
            Map.entry(PoolSetting.MAX_WORKERS, 4),
            Map.entry(PoolSetting.QUEUE_CAPACITY, 5),
            Map.entry(PoolSetting.WHEN_SATURATED, SaturationPolicy.CALLER_RUNS),
            Map.entry(PoolSetting.KEEP_ALIVE, Duration.ofSeconds(6)),
            Map.entry(PoolSetting.PRESTART, 2),
            Map.entry(PoolSetting.TIMEOUT, Duration.ofSeconds(7)));
  }

  @Test
  void processPoolSetsEachSetting() {
    PoolConfig config =
        ProcessPoolConfig.named("cpu")
            .maxWorkers(4)
            .queueCapacity(5)
            .whenSaturated(SaturationPolicy.REJECT)
            .keepAlive(Duration.ofSeconds(6))
            .prestart(2)
            .timeout(Duration.ofSeconds(7))
            .queueBytes(8)
            .cancelGrace(Duration.ofSeconds(9))
            .maxTasksPerWorker(10)
            .startTimeout(Duration.ofSeconds(11))
            .exitTimeout(Duration.ofSeconds(12))
            .jvmArgs("-Xmx2g", "-ea")
            .environment("A=1")
            .initializer(Warm.class)
            .modules(String.class)
            .payloadLimit(1_024)
            .allow("com.example.**");

    assertThat(config.settings())
        .containsOnlyKeys(PoolSetting.values())
        .containsEntry(PoolSetting.QUEUE_BYTES, 8L)
        .containsEntry(PoolSetting.CANCEL_GRACE, Duration.ofSeconds(9))
        .containsEntry(PoolSetting.MAX_TASKS_PER_WORKER, 10)
        .containsEntry(PoolSetting.START_TIMEOUT, Duration.ofSeconds(11))
        .containsEntry(PoolSetting.EXIT_TIMEOUT, Duration.ofSeconds(12))
        .containsEntry(PoolSetting.JVM_ARGS, List.of("-Xmx2g", "-ea"))
        .containsEntry(PoolSetting.ENVIRONMENT, List.of("A=1"))
        .containsEntry(PoolSetting.INITIALIZER, Warm.class.getName())
        .containsEntry(PoolSetting.MODULES, List.of("java.lang.String"))
        .containsEntry(PoolSetting.PAYLOAD_LIMIT, 1_024L)
        .containsEntry(PoolSetting.ALLOW, List.of("com.example.**"));
  }

  @Test
  void runnableItselfIsNoInitializer() {
    assertThat(ProcessPoolConfig.named("cpu").initializer(Runnable.class).settings())
        .containsEntry(PoolSetting.INITIALIZER, "");
  }

  @Test
  void copiesOnEveryChange() {
    ThreadPoolConfig four = ThreadPoolConfig.named("io").maxWorkers(4);

    assertThat(four.maxWorkers(8).settings()).containsEntry(PoolSetting.MAX_WORKERS, 8);
    assertThat(four.settings()).containsEntry(PoolSetting.MAX_WORKERS, 4);
    assertThat(four.settings()).isUnmodifiable();
  }

  @Test
  @DisplayName("4: maxWorkers out of range is refused with value and range")
  void refusesMaxWorkersOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("io").maxWorkers(-1))
        .withMessage("pool \"io\": max-workers is -1; must be 0 to 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessPoolConfig.named("cpu").maxWorkers(1_025))
        .withMessage("pool \"cpu\": max-workers is 1025; must be 0 to 1,024");
  }

  @Test
  @DisplayName("149: a negative time limit is refused")
  void refusesNegativeTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThreadPoolConfig.named("io").timeout(Duration.ofSeconds(-1)))
        .withMessageStartingWith("pool \"io\": timeout is PT-1S; must be a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "io/cpu", "pool=1", "ä"})
  void refusesNamesThatThreadsAndPropertiesCannotHave(String name) {
    String text =
        "pool name is \"%s\"; must be 1 to 64 letters, digits, '_', '-' and '.' without spaces";
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

  private static final class Warm implements Runnable {
    @Override
    public void run() {}
  }
}

package dev.poolwright.internal.registry;

import static dev.poolwright.internal.registry.ConfigurationTest.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.PoolConfig;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A property may move a pool to another kind. */
final class PoolMoveTest {

  private static final ThreadPoolConfig CPU = ThreadPoolConfig.named("cpu");

  @ParameterizedTest
  @ValueSource(strings = {"process", "PROCESS", " Process "})
  void movesThreadsToProcesses(String text) {
    Configuration configuration = moved(new Declaration(CPU.maxWorkers(3), "a.B", true), text);

    PoolSettings cpu = configuration.pools().get("cpu");
    assertThat(cpu.kind()).isEqualTo(PoolKind.PROCESS);
    assertThat(cpu.maxWorkers()).isEqualTo(3);
    assertThat(cpu.duration(PoolSetting.KEEP_ALIVE)).isEqualTo(Duration.ofMinutes(5));
    assertThat(moves(configuration))
        .containsExactly(
            "pool \"cpu\" runs as processes because of -Dpoolwright.pools.cpu.kind="
                + text
                + "; declared as threads by a.B");
  }

  @Test
  void movesProcessesToThreadsAndDropsWhatOnlyProcessesHave() {
    ProcessPoolConfig processes =
        ProcessPoolConfig.named("cpu").maxTasksPerWorker(5).jvmArgs("-ea").maxWorkers(3);
    Configuration configuration = moved(new Declaration(processes, "a.B", true), "thread");

    assertThat(configuration.pools().get("cpu"))
        .isEqualTo(PoolSettings.of(ThreadPoolConfig.named("cpu").maxWorkers(3)));
    assertThat(moves(configuration))
        .containsExactly(
            "pool \"cpu\" runs as threads because of -Dpoolwright.pools.cpu.kind=thread;"
                + " declared as processes by a.B; dropped: max-tasks-per-worker, jvm-args");
  }

  @Test
  void movesThreadsToVirtualThreadsWithTheirBoundAndDropsWhatIsAboutIdleWorkers() {
    ThreadPoolConfig threads =
        CPU.maxWorkers(3).queueCapacity(7).keepAlive(Duration.ofSeconds(9)).prestart(2);
    Configuration configuration = moved(new Declaration(threads, "a.B", true), "virtual");

    assertThat(configuration.pools().get("cpu"))
        .isEqualTo(PoolSettings.of(VirtualPoolConfig.named("cpu").maxWorkers(3).queueCapacity(7)));
    assertThat(moves(configuration))
        .containsExactly(
            "pool \"cpu\" runs as virtual threads because of -Dpoolwright.pools.cpu.kind=virtual;"
                + " declared as threads by a.B; dropped: keep-alive, prestart");
  }

  @Test
  void saysTheNewBoundOfWhatMovesToOrFromVirtualThreadsWithoutANumber() {
    assertThat(moves(moved(new Declaration(CPU, "a.B", true), "virtual")))
        .containsExactly(
            "pool \"cpu\" runs as virtual threads because of -Dpoolwright.pools.cpu.kind=virtual;"
                + " declared as threads by a.B; max-workers is now 256");
    VirtualPoolConfig virtual = VirtualPoolConfig.named("cpu").maxWorkers(0);
    assertThat(moves(moved(new Declaration(virtual, "a.B", true), "thread")))
        .singleElement()
        .asString()
        .endsWith("by a.B; max-workers is now " + Runtime.getRuntime().availableProcessors());
  }

  @Test
  void moreVirtualThreadsThanThereMayBeThreadsAreNoMove() {
    VirtualPoolConfig virtual = VirtualPoolConfig.named("cpu").maxWorkers(10_000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> moved(new Declaration(virtual, "a.B", true), "thread"))
        .withMessage(
            "pool \"cpu\" has max-workers 10000 by a.B, but runs as threads, for which it must be"
                + " 0 to 1,024");
  }

  @Test
  void settingsOfTheNewKindMayStandBesideTheMove() {
    Configuration configuration =
        Configuration.merge(
            List.of(),
            List.of(CPU),
            properties(
                "poolwright.pools.cpu.jvm-args", "-ea", "poolwright.pools.cpu.kind", "process"));

    assertThat(configuration.pools().get("cpu").words(PoolSetting.JVM_ARGS)).containsExactly("-ea");
    assertThat(moves(configuration)).singleElement().asString().endsWith("as threads by code");
  }

  @Test
  void logsWhoLeftTheKindOut() {
    assertThat(moves(moved(new Declaration(CPU.maxWorkers(3), "a.B.get()", false), "process")))
        .singleElement()
        .asString()
        .endsWith("declared as threads by a.B.get()");
    Configuration byDefault =
        Configuration.merge(
            List.of(), List.of(), properties("poolwright.pools.default.kind", "process"));
    assertThat(moves(byDefault)).singleElement().asString().endsWith("as threads by default");
  }

  @Test
  void logsNothingWhenTheKindStays() {
    assertThat(moves(moved(new Declaration(CPU, "a.B", true), "thread"))).isEmpty();
  }

  private static List<String> moves(Configuration configuration) {
    return configuration.moves();
  }

  @Test
  void aStandardKindMovesPoolsOfNoKindAndKeepsTheirWorkers() {
    Configuration configuration =
        Configuration.merge(
            List.of(new Declaration(CPU.maxWorkers(3), "a.B", false)),
            List.of(ThreadPoolConfig.named("io")),
            new PoolProperties()
                .add(
                    "a.yml",
                    Map.of(
                        "poolwright.kind", "virtual",
                        "poolwright.pools.cpu.max-workers", "5000")));

    PoolSettings cpu = configuration.pools().get("cpu");
    assertThat(cpu.kind()).isEqualTo(PoolKind.VIRTUAL);
    assertThat(cpu.number(PoolSetting.MAX_WORKERS)).isEqualTo(5_000);
    PoolSettings standard = configuration.pools().get("default");
    assertThat(standard.kind()).isEqualTo(PoolKind.VIRTUAL);
    assertThat(standard.maxWorkers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(configuration.pools().get("io").kind()).isEqualTo(PoolKind.THREAD);
    assertThat(configuration.moves())
        .anyMatch(each -> each.contains("because of poolwright.kind=virtual in a.yml"));
  }

  private static Configuration moved(Declaration declaration, String kind) {
    List<PoolConfig> noCode = List.of();
    return Configuration.merge(
        List.of(declaration), noCode, properties("poolwright.pools.cpu.kind", kind));
  }
}

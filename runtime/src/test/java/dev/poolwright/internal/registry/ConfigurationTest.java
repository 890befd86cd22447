package dev.poolwright.internal.registry;

import static dev.poolwright.annotation.setting.PoolSetting.MAX_WORKERS;
import static dev.poolwright.annotation.setting.PoolSetting.QUEUE_CAPACITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.ClusterPoolConfig;
import dev.poolwright.PoolConfig;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which source wins. */
final class ConfigurationTest {

  private static final ThreadPoolConfig IO = ThreadPoolConfig.named("io");
  private static final ProcessPoolConfig CPU = ProcessPoolConfig.named("cpu");

  @Test
  void defaultPoolIsAlwaysThere() {
    Configuration configuration = Configuration.merge(List.of(), List.of(), properties());

    assertThat(configuration.pools()).containsOnlyKeys("default");
    assertThat(configuration.pools().get("default"))
        .isEqualTo(PoolSettings.of(ThreadPoolConfig.named("default")));
    assertThat(configuration.sources("default")).isEmpty();
  }

  @Test
  void annotationsAndCodeMakePoolsInOrderOfNames() {
    Configuration configuration =
        Configuration.merge(
            List.of(given(IO, "a.Crawler"), given(CPU, "a.Parser")),
            List.of(ThreadPoolConfig.named("db"), IO.maxWorkers(2)),
            properties("poolwright.pools.io.queue-capacity", "7"));

    assertThat(configuration.pools().keySet()).containsExactly("cpu", "db", "default", "io");
    assertThat(configuration.sources("cpu")).containsExactly("a.Parser");
    assertThat(configuration.sources("db")).containsExactly("code");
    assertThat(configuration.sources("io"))
        .containsExactly("a.Crawler", "code", "-Dpoolwright.pools.io.queue-capacity=7");
  }

  @Test
  void codeIsStrongerThanAnnotationsSettingBySetting() {
    PoolSettings io =
        merge(List.of(given(IO.maxWorkers(4).queueCapacity(10), "A")), List.of(IO.maxWorkers(8)))
            .pools()
            .get("io");

    assertThat(io.maxWorkers()).isEqualTo(8);
    assertThat(io.number(PoolSetting.QUEUE_CAPACITY)).isEqualTo(10);
  }

  @Test
  void laterCodeWinsSettingBySetting() {
    PoolSettings io =
        merge(List.of(), List.of(IO.maxWorkers(4).queueCapacity(10), IO.maxWorkers(8)))
            .pools()
            .get("io");

    assertThat(io.maxWorkers()).isEqualTo(8);
    assertThat(io.number(PoolSetting.QUEUE_CAPACITY)).isEqualTo(10);
  }

  @Test
  void propertiesAreStrongest() {
    Configuration configuration =
        Configuration.merge(
            List.of(given(IO.maxWorkers(4).queueCapacity(10), "A")),
            List.of(IO.maxWorkers(8)),
            properties(
                "poolwright.pools.io.max-workers",
                "16",
                "poolwright.pools.default.timeout",
                "5s",
                "poolwright.exit-grace",
                "not ours"));

    assertThat(configuration.pools().get("io").values())
        .containsEntry(MAX_WORKERS, 16)
        .containsEntry(QUEUE_CAPACITY, 10);
    assertThat(configuration.pools().get("default").timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @MethodSource("dev.poolwright.PoolSettingTest#texts")
  void everySettingHasAProperty(PoolSetting setting, String text, Object value) {
    PoolProperties properties =
        properties(
            "poolwright.pools.cpu." + setting.key(), text, "poolwright.pools.cpu.max-workers", "4");
    PoolConfig config = setting.isFor(PoolKind.PROCESS) ? CPU : ClusterPoolConfig.named("cpu");

    assertThat(
            Configuration.merge(List.of(), List.of(config), properties)
                .pools()
                .get("cpu")
                .values()
                .get(setting))
        .isEqualTo(value);
  }

  @Test
  void namesOfPoolsMayHaveDots() {
    assertThat(
            Configuration.merge(
                    List.of(),
                    List.of(ThreadPoolConfig.named("shop.db")),
                    properties("poolwright.pools.shop.db.max-workers", "3"))
                .pools()
                .get("shop.db")
                .maxWorkers())
        .isEqualTo(3);
  }

  @Test
  void propertiesOfASourceAreStrongerThanCodeAndWeakerThanSystemProperties() {
    PoolProperties properties =
        new PoolProperties()
            .add(
                "base.yml",
                Map.of(
                    "poolwright.pools.io.max-workers", "3",
                    "poolwright.pools.io.queue-capacity", "3",
                    "poolwright.pools.io.prestart", "3",
                    "server.port", "3"))
            .add(
                "local.yml",
                Map.of(
                    "poolwright.pools.io.max-workers", "4",
                    "poolwright.pools.io.queue-capacity", "4"));
    Properties system = new Properties();
    system.setProperty("poolwright.pools.io.max-workers", "5");
    PoolConfig code = IO.maxWorkers(2).queueCapacity(2).prestart(2).timeout(Duration.ofDays(2));

    Configuration configuration =
        Configuration.merge(List.of(), List.of(code), properties.addSystem(system));

    assertThat(configuration.pools().get("io"))
        .isEqualTo(
            PoolSettings.of(
                IO.maxWorkers(5).queueCapacity(4).prestart(3).timeout(Duration.ofDays(2))));
    assertThat(configuration.sources("io"))
        .containsExactly(
            "code",
            "-Dpoolwright.pools.io.max-workers=5",
            "poolwright.pools.io.prestart=3 in base.yml",
            "poolwright.pools.io.queue-capacity=4 in local.yml");
  }

  @Test
  void seesPropertiesThatAreDefaultsOfProperties() {
    Properties defaults = new Properties();
    defaults.setProperty("poolwright.pools.io.max-workers", "3");
    PoolProperties properties = new PoolProperties().addSystem(new Properties(defaults));

    assertThat(Configuration.merge(List.of(), List.of(IO), properties).pools().get("io"))
        .extracting(PoolSettings::maxWorkers)
        .isEqualTo(3);
  }

  @Test
  void valuesLeftOutAgreeWithAnything() {
    PoolSettings cpu =
        merge(
                List.of(
                    new Declaration(ThreadPoolConfig.named("cpu").maxWorkers(4), "A.a()", false),
                    given(CPU.queueCapacity(10), "B"),
                    given(CPU.maxWorkers(4), "C")),
                List.of())
            .pools()
            .get("cpu");

    assertThat(cpu.kind()).isEqualTo(PoolKind.PROCESS);
    assertThat(cpu.maxWorkers()).isEqualTo(4);
    assertThat(cpu.number(PoolSetting.QUEUE_CAPACITY)).isEqualTo(10);
  }

  @Test
  void codeMayGiveTheKindThatAnnotationsLeaveOut() {
    PoolSettings cpu =
        merge(
                List.of(new Declaration(ThreadPoolConfig.named("cpu").maxWorkers(4), "A", false)),
                List.of(CPU.maxTasksPerWorker(9)))
            .pools()
            .get("cpu");

    assertThat(cpu.kind()).isEqualTo(PoolKind.PROCESS);
    assertThat(cpu.number(PoolSetting.MAX_TASKS_PER_WORKER)).isEqualTo(9);
  }

  private static Configuration merge(List<Declaration> declared, List<PoolConfig> code) {
    return Configuration.merge(declared, code, properties());
  }

  private static Declaration given(PoolConfig config, String source) {
    return new Declaration(config, source, true);
  }

  static PoolProperties properties(String... namesAndTexts) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      properties.setProperty(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return new PoolProperties().addSystem(properties);
  }
}

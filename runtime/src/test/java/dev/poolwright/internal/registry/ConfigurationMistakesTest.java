package dev.poolwright.internal.registry;

import static dev.poolwright.internal.registry.ConfigurationTest.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.PoolConfig;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.spi.PoolCatalogue.Declaration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What wrong configuration is told. */
final class ConfigurationMistakesTest {

  private static final ThreadPoolConfig IO = ThreadPoolConfig.named("io");
  private static final ProcessPoolConfig CPU = ProcessPoolConfig.named("cpu");

  @Test
  void annotationsThatDisagreeAreRefused() {
    refuses(
        List.of(given(IO.maxWorkers(4), "a.Crawler.get(String)"), given(IO.maxWorkers(8), "b.Db")),
        List.of(),
        properties(),
        "pool \"io\" is declared with max-workers 4 by a.Crawler.get(String), and with 8 by b.Db;"
            + " declare it once");
    refuses(
        List.of(
            given(IO.whenSaturated(SaturationPolicy.CALLER_RUNS).timeout(Duration.ZERO), "A"),
            given(IO.whenSaturated(SaturationPolicy.BLOCK), "B")),
        List.of(),
        properties(),
        "pool \"io\" is declared with when-saturated caller-runs by A, and with block by B;"
            + " declare it once");
    refuses(
        List.of(given(CPU.jvmArgs("-ea", "-Xmx1g"), "A"), given(CPU.jvmArgs(), "B")),
        List.of(),
        properties(),
        "pool \"cpu\" is declared with jvm-args \"-ea -Xmx1g\" by A, and with \"\" by B;"
            + " declare it once");
  }

  @Test
  void annotationsWhoseKindsDisagreeAreRefused() {
    refuses(
        List.of(given(CPU, "A"), given(ThreadPoolConfig.named("cpu"), "B")),
        List.of(),
        properties(),
        "pool \"cpu\" is declared with kind process by A, and with thread by B; declare it once");
  }

  @Test
  void annotationsThatDisagreeAreNoBetterForBeingOverridden() {
    refuses(
        List.of(given(IO.maxWorkers(4), "A"), given(IO.maxWorkers(8), "B")),
        List.of(IO.maxWorkers(2)),
        properties("poolwright.pools.io.max-workers", "3"),
        "pool \"io\" is declared with max-workers 4 by A, and with 8 by B; declare it once");
  }

  @Test
  void codeOfAnotherKindIsRefused() {
    refuses(
        List.of(given(CPU, "a.Parser")),
        List.of(ThreadPoolConfig.named("cpu")),
        properties(),
        "pool \"cpu\" is declared as processes by a.Parser, but configured as threads by code;"
            + " configure one kind, or move the pool by -Dpoolwright.pools.cpu.kind=thread");
    refuses(
        List.of(),
        List.of(IO, ProcessPoolConfig.named("io")),
        properties(),
        "pool \"io\" is declared as threads by code, but configured as processes by code;"
            + " configure one kind, or move the pool by -Dpoolwright.pools.io.kind=process");
  }

  @Test
  void propertiesOfUnknownPoolsAreRefused() {
    refuses(
        List.of(given(IO, "A")),
        List.of(CPU),
        properties("poolwright.pools.cpuu.max-workers", "4"),
        "system property poolwright.pools.cpuu.max-workers is for pool \"cpuu\", which nothing"
            + " declares; there are \"cpu\", \"default\", \"io\". Did you mean \"cpu\"?");
    refuses(
        List.of(),
        List.of(),
        properties("poolwright.pools.max-workers", "4"),
        "system property poolwright.pools.max-workers names no pool; write"
            + " poolwright.pools.<pool>.<setting>");
  }

  @Test
  void propertiesOfUnknownSettingsAreRefused() {
    refuses(
        List.of(),
        List.of(IO),
        properties("poolwright.pools.io.max-worker", "4"),
        "system property poolwright.pools.io.max-worker is no setting; there are \"kind\","
            + " \"max-workers\", \"queue-capacity\", \"when-saturated\", \"keep-alive\","
            + " \"prestart\", \"timeout\". Did you mean \"max-workers\"?");
  }

  @ParameterizedTest
  @CsvSource({
    "max-workers, -1, '0 to 1,024'",
    "queue-capacity, many, 0 or more",
    "when-saturated, drop, 'block, reject or caller-runs'",
    "keep-alive, 0s, 'a positive duration as 500ms, 5s, 2m or ISO-8601'",
    "timeout, 5sec, 'a duration as 500ms, 5s, 2m or ISO-8601, or empty for none'",
    "kind, fork, 'thread, virtual, process or cluster'",
  })
  void propertiesOutOfRangeAreRefused(String key, String text, String range) {
    refuses(
        List.of(),
        List.of(IO),
        properties("poolwright.pools.io." + key, text),
        String.format(
            "system property poolwright.pools.io.%s is \"%s\"; must be %s", key, text, range));
  }

  @ParameterizedTest
  @EnumSource
  void propertiesThatThreadPoolsDoNotHaveAreRefused(PoolSetting setting) {
    if (setting.isFor(PoolKind.THREAD)) {
      return;
    }
    String property = "poolwright.pools.io." + setting.key();
    boolean isForProcesses = setting.isFor(PoolKind.PROCESS);
    boolean isForClusters = setting.isFor(PoolKind.CLUSTER);
    String both = isForProcesses && isForClusters ? " or " : "";
    refuses(
        List.of(),
        List.of(IO),
        properties(property, "1"),
        "system property "
            + property
            + " is a setting of pools of "
            + (isForProcesses ? "processes" : "")
            + both
            + (isForClusters ? "cluster nodes" : "")
            + ", but pool \"io\" runs as threads; remove it, or add -Dpoolwright.pools.io.kind="
            + (isForProcesses ? "process" : "")
            + both
            + (isForClusters ? "cluster" : ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-alive", "prestart"})
  void propertiesAboutIdleWorkersAreRefusedForVirtualThreads(String key) {
    String property = "poolwright.pools.io." + key;
    refuses(
        List.of(given(VirtualPoolConfig.named("io"), "A")),
        List.of(),
        properties(property, "1"),
        "system property "
            + property
            + " is a setting of pools of threads or processes, but pool \"io\" runs as virtual"
            + " threads: each task starts its own, so none is idle; remove it, or add"
            + " -Dpoolwright.pools.io.kind=thread or process");
  }

  @Test
  void morePrestartedWorkersThanThereMayBeAreRefused() {
    refuses(
        List.of(given(IO.prestart(4), "A")),
        List.of(IO.maxWorkers(8)),
        properties("poolwright.pools.io.max-workers", "2"),
        "pool \"io\" has prestart 4 by A, more than max-workers 2 by"
            + " -Dpoolwright.pools.io.max-workers=2; must be 0 to 2");
  }

  @Test
  void prestartedWorkersAreNotComparedWithTheNumberOfCpus() {
    List<PoolConfig> code = List.of(IO.prestart(1_000).maxWorkers(0));

    assertThat(Configuration.merge(List.of(), code, properties()).pools()).containsKey("io");
  }

  @Test
  void processesCannotRunOnTheCaller() {
    refuses(
        List.of(given(IO.whenSaturated(SaturationPolicy.CALLER_RUNS), "a.Crawler")),
        List.of(),
        properties("poolwright.pools.io.kind", "process"),
        "pool \"io\" has when-saturated caller-runs by a.Crawler, but runs as processes, for"
            + " which it must be block or reject");
    refuses(
        List.of(),
        List.of(CPU),
        properties("poolwright.pools.cpu.when-saturated", "caller-runs"),
        "system property poolwright.pools.cpu.when-saturated is \"caller-runs\"; must be block or"
            + " reject");
  }

  @Test
  void propertiesOfASourceNameIt() {
    refuses("poolwright.pools.io.prestart", "x", "poolwright.pools.io.prestart in a.yml is \"x\"");
    refuses("poolwright.pools.io.kind", "x", "poolwright.pools.io.kind in a.yml is \"x\"");
    refuses("poolwright.pools.io.jvm-args", "x", "or add poolwright.pools.io.kind=process");
    refuses("poolwright.pools.io.jvm", "x", "poolwright.pools.io.jvm in a.yml is no setting");
    refuses("poolwright.pools.oi.prestart", "1", "oi.prestart in a.yml is for pool \"oi\"");
    refuses("poolwright.pools.prestart", "1", "poolwright.pools.prestart in a.yml names no pool");
    refuses(
        "poolwright.pools.io.prestart",
        "3",
        "pool \"io\" has prestart 3 by poolwright.pools.io.prestart=3 in a.yml, more than"
            + " max-workers 2 by code");
  }

  private static void refuses(String name, String text, String part) {
    PoolProperties properties = new PoolProperties().add("a.yml", Map.of(name, text));
    List<PoolConfig> code = List.of(IO.maxWorkers(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.merge(List.of(), code, properties))
        .withMessageContaining(part);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Configuration.merge(
                    List.of(given(IO.maxWorkers(4), "A"), given(IO.maxWorkers(8), "B")),
                    List.of(CPU),
                    properties(
                        "poolwright.pools.db.prestart", "1", "poolwright.pools.cpu.prestart", "x")))
        .satisfies(
            thrown -> {
              assertThat(thrown.getMessage().lines())
                  .hasSize(3)
                  .satisfiesExactly(
                      line -> assertThat(line).contains("poolwright.pools.db.prestart"),
                      line -> assertThat(line).contains("poolwright.pools.cpu.prestart is \"x\""),
                      line -> assertThat(line).contains("max-workers 4 by A"));
              assertThat(thrown.getSuppressed()).hasSize(3);
            });
  }

  @Test
  void unknownPoolsAreAskedFor() {
    List<Declaration> declared = List.of(given(CPU, "A"));
    assertThat(Configuration.merge(declared, List.of(IO), properties()).unknown("render"))
        .hasMessage("no pool \"render\"; there are \"cpu\", \"default\", \"io\"");
    assertThat(Configuration.merge(declared, List.of(IO), properties()).unknown("iO"))
        .hasMessageEndingWith("Did you mean \"io\"?");
  }

  @Test
  void unknownPoolsAreAskedForWhereNoAnnotationDeclaresAny() {
    assertThat(Configuration.merge(List.of(), List.of(), properties()).unknown("io"))
        .hasMessage(
            "no pool \"io\"; there is \"default\". No pool that annotations declare was found; if"
                + " there should be one, put poolwright-processor on the annotation processor path,"
                + " and keep META-INF/services of every jar when jars are merged");
  }

  private static void refuses(
      List<Declaration> declared, List<PoolConfig> code, PoolProperties properties, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.merge(declared, code, properties))
        .withMessage(text);
  }

  private static Declaration given(PoolConfig config, String source) {
    return new Declaration(config, source, true);
  }
}

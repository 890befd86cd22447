package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting, as text and as value. */
final class PoolSettingTest {

  private static final String DURATION = "a positive duration as 500ms, 5s, 2m or ISO-8601";
  private static final String DURATION_OR_NONE =
      "a duration as 500ms, 5s, 2m or ISO-8601, or empty for none";

  /** For each setting one good text, and what it reads as. */
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(PoolSetting.MAX_WORKERS, "4", 4),
        Arguments.of(PoolSetting.QUEUE_CAPACITY, "0", 0),
        Arguments.of(PoolSetting.WHEN_SATURATED, "reject", SaturationPolicy.REJECT),
        Arguments.of(PoolSetting.KEEP_ALIVE, "2m", Duration.ofMinutes(2)),
        Arguments.of(PoolSetting.PRESTART, "2", 2),
        Arguments.of(PoolSetting.TIMEOUT, "PT1.5S", Duration.ofMillis(1_500)),
        Arguments.of(PoolSetting.QUEUE_BYTES, "5000000000", 5_000_000_000L),
        Arguments.of(PoolSetting.CANCEL_GRACE, "500ms", Duration.ofMillis(500)),
        Arguments.of(PoolSetting.STUCK_DUMP, "20ms", Duration.ofMillis(20)),
        Arguments.of(PoolSetting.MAX_TASKS_PER_WORKER, "100", 100),
        Arguments.of(PoolSetting.RETRIES, "2", 2),
        Arguments.of(PoolSetting.START_TIMEOUT, "10s", Duration.ofSeconds(10)),
        Arguments.of(PoolSetting.EXIT_TIMEOUT, "1h", Duration.ofHours(1)),
        Arguments.of(PoolSetting.JVM_ARGS, " -Xmx2g  -Dx=y ", List.of("-Xmx2g", "-Dx=y")),
        Arguments.of(PoolSetting.ENVIRONMENT, "A=1 B=x=y", List.of("A=1", "B=x=y")),
        Arguments.of(PoolSetting.JAVA, "/opt/java/bin/java", "/opt/java/bin/java"),
        Arguments.of(PoolSetting.CLASS_PATH, "lib/* classes", List.of("lib/*", "classes")),
        Arguments.of(PoolSetting.INITIALIZER, "com.example.Warm", "com.example.Warm"),
        Arguments.of(PoolSetting.MODULES, "a.B c.D", List.of("a.B", "c.D")),
        Arguments.of(PoolSetting.PAYLOAD_LIMIT, "1024", 1_024L),
        Arguments.of(PoolSetting.ALLOW, "com.example.**", List.of("com.example.**")),
        Arguments.of(PoolSetting.CRASH_FILES, "/var/crash", "/var/crash"),
        Arguments.of(PoolSetting.CLUSTER, "orders", "orders"),
        Arguments.of(PoolSetting.NO_WORKER_TIMEOUT, "10s", Duration.ofSeconds(10)));
  }

  @Test
  void everySettingHasAText() {
    assertThat(texts().map(arguments -> arguments.get()[0]))
        .containsExactly((Object[]) PoolSetting.values());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsText(PoolSetting setting, String text, Object value) {
    PoolKind kind = setting.isFor(PoolKind.PROCESS) ? PoolKind.PROCESS : PoolKind.CLUSTER;
    assertThat(setting.read(kind, text)).isEqualTo(value);
    assertThat(setting.checked(kind, value)).isSameAs(value);
  }

  @ParameterizedTest
  @EnumSource
  void defaultsAreInRange(PoolSetting setting) {
    for (PoolKind kind : setting.kinds()) {
      assertThat(setting.checked(kind, setting.defaultFor(kind))).isNotNull();
    }
  }

  @Test
  void keysAreLowerCaseAndDiffer() {
    Set<String> keys = new HashSet<>();
    for (PoolSetting setting : PoolSetting.values()) {
      assertThat(setting.key())
          .isEqualTo(setting.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(keys.add(setting.key())).isTrue();
    }
  }

  @Test
  void threadPoolsHaveTheFirstSixSettings() {
    assertThat(
            Arrays.stream(PoolSetting.values()).filter(setting -> setting.isFor(PoolKind.THREAD)))
        .containsExactlyElementsOf(Arrays.asList(PoolSetting.values()).subList(0, 6));
    assertThat(
            Arrays.stream(PoolSetting.values()).filter(setting -> !setting.isFor(PoolKind.PROCESS)))
        .containsExactly(PoolSetting.CLUSTER, PoolSetting.NO_WORKER_TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "MAX_WORKERS | -1 | 0 to 1,024",
        "MAX_WORKERS | 1025 | 0 to 1,024",
        "MAX_WORKERS | four | 0 to 1,024",
        "MAX_WORKERS | 4.0 | 0 to 1,024",
        "MAX_WORKERS | 99999999999 | 0 to 1,024",
        "QUEUE_CAPACITY | -1 | 0 or more",
        "WHEN_SATURATED | drop | block or reject",
        "KEEP_ALIVE | 0s | " + DURATION,
        "KEEP_ALIVE | ~~ | " + DURATION,
        "PRESTART | -1 | 0 to 1,024",
        "TIMEOUT | 5sec | " + DURATION_OR_NONE,
        "TIMEOUT | -5s | " + DURATION_OR_NONE,
        "QUEUE_BYTES | 1g | 0 or more",
        "CANCEL_GRACE | soon | " + DURATION_OR_NONE,
        "MAX_TASKS_PER_WORKER | -3 | 0 or more",
        "RETRIES | 101 | 0 to 100",
        "START_TIMEOUT | 30 | " + DURATION,
        "EXIT_TIMEOUT | none | " + DURATION,
        "ENVIRONMENT | A=1 B | variables as NAME=value",
        "ENVIRONMENT | =1 | variables as NAME=value",
        "PAYLOAD_LIMIT | 1023 | 1,024 to 2,147,482,623",
        "PAYLOAD_LIMIT | 2147482624 | 1,024 to 2,147,482,623",
      })
  void refusesTextOutOfRange(PoolSetting setting, String text, String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.read(PoolKind.PROCESS, text))
        .withMessage("%s is \"%s\"; must be %s", setting.key(), text, range);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSetting.MAX_WORKERS.checked(PoolKind.THREAD, 1_025))
        .withMessage("max-workers is 1025; must be 0 to 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSetting.KEEP_ALIVE.checked(PoolKind.THREAD, Duration.ZERO))
        .withMessage("keep-alive is PT0S; must be " + DURATION);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSetting.TIMEOUT.checked(PoolKind.THREAD, Duration.ofSeconds(-1)))
        .withMessage("timeout is PT-1S; must be " + DURATION_OR_NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSetting.MAX_WORKERS.checked(PoolKind.THREAD, "4"))
        .withMessage("max-workers is 4 (a java.lang.String); must be 0 to 1,024");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PoolSetting.WHEN_SATURATED.checked(PoolKind.PROCESS, SaturationPolicy.CALLER_RUNS))
        .withMessage("when-saturated is caller-runs; must be block or reject");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PoolSetting.JVM_ARGS.checked(PoolKind.PROCESS, List.of(1)))
        .withMessage("jvm-args is [1]; must be words");
  }

  @Test
  void keepsNoListThatMayChange() {
    List<String> words = new ArrayList<>(List.of("-ea"));
    Object kept = PoolSetting.JVM_ARGS.checked(PoolKind.PROCESS, words);
    words.clear();

    assertThat(kept).isEqualTo(List.of("-ea"));
  }

  @Test
  void emptyTextIsNoLimit() {
    assertThat(PoolSetting.TIMEOUT.read(PoolKind.THREAD, " ")).isEqualTo(Duration.ZERO);
    assertThat(PoolSetting.CANCEL_GRACE.read(PoolKind.PROCESS, "")).isEqualTo(Duration.ZERO);
    assertThat(PoolSetting.JVM_ARGS.read(PoolKind.PROCESS, "")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({"block, BLOCK", "CALLER_RUNS, CALLER_RUNS", "Caller-Runs, CALLER_RUNS"})
  void readsPoliciesInAnyCase(String text, SaturationPolicy policy) {
    assertThat(PoolSetting.WHEN_SATURATED.read(PoolKind.THREAD, text)).isEqualTo(policy);
  }
}

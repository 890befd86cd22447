package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.ClusterPool;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.ProcessPool;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.ThreadPool;
import dev.poolwright.annotation.VirtualPool;
import dev.poolwright.annotation.setting.DurationText;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.annotation.setting.SettingRange.Form;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds annotations and configurations in code to the table of {@link PoolSetting}: the same names,
 * types, defaults and kinds, and nothing else.
 */
@Timeout(60)
final class SettingTableTest {

  private static final Map<PoolKind, Class<?>> ANNOTATIONS =
      Map.of(
          PoolKind.THREAD, ThreadPool.class,
          PoolKind.VIRTUAL, VirtualPool.class,
          PoolKind.PROCESS, ProcessPool.class,
          PoolKind.CLUSTER, ClusterPool.class);

  private static final Map<PoolKind, PoolConfig> CONFIGS =
      Map.of(
          PoolKind.THREAD, ThreadPoolConfig.named("io"),
          PoolKind.VIRTUAL, VirtualPoolConfig.named("web"),
          PoolKind.PROCESS, ProcessPoolConfig.named("cpu"),
          PoolKind.CLUSTER, ClusterPoolConfig.named("render"));

  /**
   * For each form a value in code, and what is kept of it; the types of annotations and methods.
   */
  private record Sample(Class<?> annotated, Class<?> inCode, Object given, Object kept) {}

  private static final Map<Form, Sample> SAMPLES =
      Map.of(
          Form.INT, new Sample(int.class, int.class, 3, 3),
          Form.LONG, new Sample(long.class, long.class, 2_000L, 2_000L),
          Form.DURATION, duration(),
          Form.DURATION_OR_NONE, duration(),
          Form.POLICY,
              new Sample(
                  SaturationPolicy.class,
                  SaturationPolicy.class,
                  SaturationPolicy.REJECT,
                  SaturationPolicy.REJECT),
          Form.CLASS, new Sample(Class.class, Class.class, Thread.class, "java.lang.Thread"),
          Form.PATH, new Sample(String.class, String.class, "/var/crash", "/var/crash"),
          Form.CLASSES,
              new Sample(
                  Class[].class,
                  Class[].class,
                  new Class<?>[] {String.class},
                  List.of("java.lang.String")),
          Form.WORDS,
              new Sample(String[].class, String[].class, new String[] {"a=b"}, List.of("a=b")),
          Form.VARIABLES,
              new Sample(String[].class, String[].class, new String[] {"a=b"}, List.of("a=b")));

  private static final Sample NAME = new Sample(String.class, String.class, "orders", "orders");

  private static Sample duration() {
    return new Sample(String.class, Duration.class, Duration.ofHours(1), Duration.ofHours(1));
  }

  static Stream<Arguments> settings() {
    return Arrays.stream(PoolKind.values())
        .flatMap(
            kind ->
                Arrays.stream(PoolSetting.values())
                    .filter(setting -> setting.isFor(kind))
                    .map(setting -> Arguments.of(kind, setting)));
  }

  @Test
  void everyKindHasAnAnnotationAndAConfiguration() {
    assertThat(ANNOTATIONS).containsOnlyKeys(PoolKind.values());
    assertThat(CONFIGS).containsOnlyKeys(PoolKind.values());
    CONFIGS.forEach((kind, config) -> assertThat(config.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void annotationHasTheTypeAndTheDefault(PoolKind kind, PoolSetting setting) throws Exception {
    Method member = ANNOTATIONS.get(kind).getMethod(setting.member());

    assertThat(member.getReturnType()).isEqualTo(sample(kind, setting).annotated());
    assertThat(kept(setting.range(kind).form(), member.getDefaultValue()))
        .isEqualTo(setting.defaultFor(kind));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void configurationSetsIt(PoolKind kind, PoolSetting setting) throws Exception {
    PoolConfig config = CONFIGS.get(kind);
    Sample sample = sample(kind, setting);
    Object set =
        config
            .getClass()
            .getMethod(setting.member(), sample.inCode())
            .invoke(config, sample.given());

    assertThat(((PoolConfig) set).get(setting)).hasValue(sample.kept());
    assertThat(config.get(setting)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void configurationSetsItAsData(PoolKind kind, PoolSetting setting) {
    Object kept = sample(kind, setting).kept();

    assertThat(CONFIGS.get(kind).set(setting, kept).get(setting)).hasValue(kept);
  }

  @Test
  void annotationsHaveNothingElse() {
    ANNOTATIONS.forEach(
        (kind, annotation) ->
            assertThat(names(annotation)).isEqualTo(withName(kind, Set.of("name"))));
  }

  @Test
  void configurationsHaveNothingElse() {
    CONFIGS.forEach(
        (kind, config) ->
            assertThat(
                    Arrays.stream(config.getClass().getMethods())
                        .filter(
                            method -> PoolConfig.class.isAssignableFrom(returned(method, config)))
                        .map(Method::getName))
                .containsOnlyOnceElementsOf(withName(kind, Set.of("set", "named"))));
  }

  private static Class<?> returned(Method method, PoolConfig config) {
    boolean isOwn = !method.isBridge() && method.getDeclaringClass() != Object.class;
    return isOwn && method.getGenericReturnType().toString().equals("C")
        ? config.getClass()
        : isOwn ? method.getReturnType() : Object.class;
  }

  @Test
  void asyncHasTheDefaults() throws NoSuchMethodException {
    assertThat(Async.class.getMethod("pool").getDefaultValue()).isEqualTo("default");
    assertThat(Async.class.getMethod("kind").getDefaultValue()).isEqualTo(PoolKind.THREAD);
    assertThat(Async.class.getMethod("maxWorkers").getDefaultValue())
        .isEqualTo(PoolSetting.MAX_WORKERS.defaultFor(PoolKind.THREAD));
    assertThat(Async.class.getMethod("retries").getDefaultValue())
        .isEqualTo(PoolSetting.RETRIES.defaultFor(PoolKind.PROCESS))
        .isEqualTo(PoolSetting.RETRIES.defaultFor(PoolKind.CLUSTER));
    assertThat(Async.class.getMethod("timeout").getDefaultValue()).isEqualTo("");
  }

  private static Set<String> names(Class<?> annotation) {
    return Set.copyOf(Arrays.stream(annotation.getDeclaredMethods()).map(Method::getName).toList());
  }

  private static Set<String> withName(PoolKind kind, Set<String> more) {
    return Set.copyOf(
        Stream.concat(
                more.stream(),
                Arrays.stream(PoolSetting.values())
                    .filter(setting -> setting.isFor(kind))
                    .map(PoolSetting::member))
            .toList());
  }

  private static Sample sample(PoolKind kind, PoolSetting setting) {
    Form form = setting.range(kind).form();
    return form == Form.NAME ? NAME : SAMPLES.get(form);
  }

  /** A default of an annotation as a value of the setting's own type. */
  private static Object kept(Form form, Object value) {
    if (value instanceof String text && form != Form.PATH && form != Form.NAME) {
      return text.isEmpty() ? Duration.ZERO : DurationText.parse(text);
    }
    if (value instanceof Object[] array) {
      return List.of(array);
    }
    return value == Runnable.class ? "" : value;
  }
}

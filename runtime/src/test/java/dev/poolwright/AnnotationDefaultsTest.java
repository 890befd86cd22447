package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.annotation.Async;
import dev.poolwright.annotation.DurationText;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.ProcessPool;
import dev.poolwright.annotation.ThreadPool;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Annotations say defaults once more, for readers; they must be those of {@link PoolSetting}. */
final class AnnotationDefaultsTest {

  @Test
  void annotationsHaveExactlyTheSettingsOfTheirKind() {
    assertThat(settings(ThreadPool.class)).containsExactlyInAnyOrder(keys(PoolKind.THREAD));
    assertThat(settings(ProcessPool.class)).containsExactlyInAnyOrder(keys(PoolKind.PROCESS));
  }

  static Stream<Method> threadPoolSettings() {
    return methods(ThreadPool.class);
  }

  static Stream<Method> processPoolSettings() {
    return methods(ProcessPool.class);
  }

  @ParameterizedTest
  @MethodSource("threadPoolSettings")
  void threadPoolHasTheDefault(Method method) {
    assertThat(defaultOf(method)).isEqualTo(setting(method).defaultFor(PoolKind.THREAD));
  }

  @ParameterizedTest
  @MethodSource("processPoolSettings")
  void processPoolHasTheDefault(Method method) {
    assertThat(defaultOf(method)).isEqualTo(setting(method).defaultFor(PoolKind.PROCESS));
  }

  @Test
  void asyncHasTheDefaults() throws NoSuchMethodException {
    assertThat(Async.class.getMethod("pool").getDefaultValue()).isEqualTo("default");
    assertThat(Async.class.getMethod("kind").getDefaultValue()).isEqualTo(PoolKind.THREAD);
    assertThat(Async.class.getMethod("maxWorkers").getDefaultValue())
        .isEqualTo(PoolSetting.MAX_WORKERS.defaultFor(PoolKind.THREAD));
    assertThat(Async.class.getMethod("timeout").getDefaultValue()).isEqualTo("");
  }

  private static Stream<Method> methods(Class<?> annotation) {
    return Arrays.stream(annotation.getDeclaredMethods())
        .filter(method -> !method.getName().equals("name"));
  }

  private static Stream<String> settings(Class<?> annotation) {
    return methods(annotation).map(method -> setting(method).key());
  }

  private static String[] keys(PoolKind kind) {
    return Arrays.stream(PoolSetting.values())
        .filter(setting -> setting.isFor(kind))
        .map(PoolSetting::key)
        .toArray(String[]::new);
  }

  /** {@code maxTasksPerWorker} is {@code MAX_TASKS_PER_WORKER}. */
  private static PoolSetting setting(Method method) {
    return PoolSetting.valueOf(
        method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
  }

  /** The default as a value of the setting's own type. */
  private static Object defaultOf(Method method) {
    Object value = method.getDefaultValue();
    if (value instanceof String text) {
      return text.isEmpty() ? Duration.ZERO : DurationText.parse(text);
    }
    if (value instanceof Object[] array) {
      return List.of(array);
    }
    return value == Runnable.class ? "" : value;
  }
}

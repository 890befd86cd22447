package dev.poolwright.internal.task;

import dev.poolwright.PoolConfig;
import dev.poolwright.PoolSetting;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resolved settings of one pool: every source merged, every default filled in.
 *
 * <p><b>Shape:</b> immutable. Settings that the kind does not have read as their defaults.
 *
 * @param name the pool's name
 * @param kind what its workers are
 * @param values one for each {@link PoolSetting}, of its own type; unmodifiable
 */
public record PoolSettings(String name, PoolKind kind, Map<PoolSetting, Object> values) {

  private static final int MOST_WORKERS = 1_024;

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException when a value is out of range
   */
  public PoolSettings {
    Map<PoolSetting, Object> all = new EnumMap<>(PoolSetting.class);
    for (PoolSetting setting : PoolSetting.values()) {
      Object given = values.get(setting);
      all.put(setting, given == null ? setting.defaultFor(kind) : setting.checked(given));
    }
    values = Collections.unmodifiableMap(all);
  }

  /**
   * The settings of a pool that only code speaks of.
   *
   * @param config its kind and explicit settings
   * @return with the defaults filled in
   */
  public static PoolSettings of(PoolConfig config) {
    return new PoolSettings(config.name(), config.kind(), config.settings());
  }

  /**
   * Most tasks that run at once.
   *
   * @return 1 to 1,024; when none is set, the number of CPUs
   */
  public int maxWorkers() {
    int workers = get(PoolSetting.MAX_WORKERS, Integer.class);
    return workers > 0
        ? workers
        : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Most tasks that wait for a worker.
   *
   * @return 0 or more; {@link Integer#MAX_VALUE} for a queue limited by memory alone
   */
  public int queueCapacity() {
    return get(PoolSetting.QUEUE_CAPACITY, Integer.class);
  }

  /**
   * What submit does when the pool is saturated.
   *
   * @return the policy
   */
  public SaturationPolicy whenSaturated() {
    return get(PoolSetting.WHEN_SATURATED, SaturationPolicy.class);
  }

  /**
   * How long an idle worker is kept.
   *
   * @return more than zero
   */
  public Duration keepAlive() {
    return get(PoolSetting.KEEP_ALIVE, Duration.class);
  }

  /**
   * How many workers start with the pool. More than {@link #maxWorkers()} can be asked for only
   * where that is the number of CPUs of whatever machine runs the program.
   *
   * @return 0 to {@link #maxWorkers()}
   */
  public int prestart() {
    return Math.min(get(PoolSetting.PRESTART, Integer.class), maxWorkers());
  }

  /**
   * Longest run of a task that has no limit of its own.
   *
   * @return more than zero, or null for no limit
   */
  public @Nullable Duration timeout() {
    Duration limit = get(PoolSetting.TIMEOUT, Duration.class);
    return limit.isZero() ? null : limit;
  }

  /**
   * Most bytes of serialized arguments that wait for a worker JVM.
   *
   * @return 1 or more; when none is set, an eighth of the largest heap
   */
  public long queueBytes() {
    long bytes = get(PoolSetting.QUEUE_BYTES, Long.class);
    return bytes > 0 ? bytes : Math.max(1, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * How long a stopped task may take to end before its worker JVM is killed.
   *
   * @return zero kills at once
   */
  public Duration cancelGrace() {
    return get(PoolSetting.CANCEL_GRACE, Duration.class);
  }

  /**
   * How many tasks one worker JVM runs.
   *
   * @return 1 or more, or 0 for no limit
   */
  public int maxTasksPerWorker() {
    return get(PoolSetting.MAX_TASKS_PER_WORKER, Integer.class);
  }

  /**
   * Longest start of a worker JVM, the initializer included.
   *
   * @return more than zero
   */
  public Duration startTimeout() {
    return get(PoolSetting.START_TIMEOUT, Duration.class);
  }

  /**
   * Longest exit of a retired worker JVM.
   *
   * @return more than zero
   */
  public Duration exitTimeout() {
    return get(PoolSetting.EXIT_TIMEOUT, Duration.class);
  }

  /**
   * Further arguments for the worker JVMs.
   *
   * @return in command-line order; unmodifiable
   */
  public List<String> jvmArgs() {
    return texts(PoolSetting.JVM_ARGS);
  }

  /**
   * Environment variables of the worker JVMs, in addition to the parent's.
   *
   * @return each as {@code NAME=value}; unmodifiable
   */
  public List<String> environment() {
    return texts(PoolSetting.ENVIRONMENT);
  }

  /**
   * Name of the class that a worker JVM runs before its first task.
   *
   * @return a class name, or null for none
   */
  public @Nullable String initializer() {
    String name = get(PoolSetting.INITIALIZER, String.class);
    return name.isEmpty() ? null : name;
  }

  /**
   * Names of the Guice module classes that make targets in a worker JVM.
   *
   * @return class names; unmodifiable
   */
  public List<String> modules() {
    return texts(PoolSetting.MODULES);
  }

  /**
   * Most bytes of one serialized call or result.
   *
   * @return 1,024 or more
   */
  public long payloadLimit() {
    return get(PoolSetting.PAYLOAD_LIMIT, Long.class);
  }

  /**
   * Patterns of the classes that may be deserialized.
   *
   * @return in order; none for the JVM-wide filter alone; unmodifiable
   */
  public List<String> allow() {
    return texts(PoolSetting.ALLOW);
  }

  private List<String> texts(PoolSetting setting) {
    List<?> texts = get(setting, List.class);
    return texts.stream().map(String.class::cast).toList();
  }

  private <T> T get(PoolSetting setting, Class<T> type) {
    return type.cast(Objects.requireNonNull(values.get(setting)));
  }
}

package dev.poolwright.internal.pool;

import dev.poolwright.PoolConfig;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.VirtualThreads;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
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

  private static final int MOST_THREADS =
      (int) PoolSetting.MAX_WORKERS.range(PoolKind.THREAD).max();

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException when a value is out of range
   */
  public PoolSettings {
    Map<PoolSetting, Object> all = new EnumMap<>(PoolSetting.class);
    for (PoolSetting setting : PoolSetting.values()) {
      Object given = values.get(setting);
      all.put(setting, given == null ? setting.defaultFor(kind) : setting.checked(kind, given));
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
    Map<PoolSetting, Object> given = new EnumMap<>(PoolSetting.class);
    for (PoolSetting setting : PoolSetting.values()) {
      config.get(setting).ifPresent(value -> given.put(setting, value));
    }
    return new PoolSettings(config.name(), config.kind(), given);
  }

  /**
   * The maximum number of concurrently running tasks.
   *
   * @return 1 to 1,000,000; when none is set, the number of CPUs, of virtual threads and cluster
   *     nodes 256; where platform threads take the place of virtual ones, 1,024 at most
   */
  public int maxWorkers() {
    int given = number(PoolSetting.MAX_WORKERS);
    int workers =
        given > 0
            ? given
            : PoolSetting.standardWorkers(kind).orElse(Runtime.getRuntime().availableProcessors());
    boolean areThreadsOfTheirOwn = kind != PoolKind.CLUSTER && !areThreadsVirtual();
    return areThreadsOfTheirOwn ? Math.min(MOST_THREADS, workers) : workers;
  }

  /** Whether tasks run on virtual threads; on a JDK without them platform threads do. */
  boolean areThreadsVirtual() {
    return kind == PoolKind.VIRTUAL && VirtualThreads.EXIST;
  }

  /**
   * How many workers start with the pool. More than {@link #maxWorkers()} can be asked for only
   * where that is the number of CPUs of whatever machine runs the program.
   *
   * @return 0 to {@link #maxWorkers()}
   */
  public int prestart() {
    return Math.min(number(PoolSetting.PRESTART), maxWorkers());
  }

  /**
   * Longest run of a task that has no limit of its own.
   *
   * @return more than zero, or null for no limit
   */
  public @Nullable Duration timeout() {
    Duration limit = duration(PoolSetting.TIMEOUT);
    return limit.isZero() ? null : limit;
  }

  /**
   * Most bytes of serialized arguments that wait for a worker JVM.
   *
   * @return 1 or more; when none is set, an eighth of the largest heap
   */
  public long queueBytes() {
    long bytes = bytes(PoolSetting.QUEUE_BYTES);
    return bytes > 0 ? bytes : Math.max(1, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * Most bytes of one serialized call or result.
   *
   * @return as it was given; no array could be larger
   */
  public int payloadLimit() {
    return (int) bytes(PoolSetting.PAYLOAD_LIMIT);
  }

  /**
   * What tasks end with when the pool is stopped.
   *
   * @return one of its own for each
   */
  public CancellationException stopped() {
    return new CancellationException("pool \"" + name + "\" was stopped");
  }

  /**
   * A setting whose values are numbers.
   *
   * @return as it was given
   */
  public int number(PoolSetting setting) {
    return get(setting, Integer.class);
  }

  /**
   * A setting whose values are large numbers.
   *
   * @return as it was given
   */
  public long bytes(PoolSetting setting) {
    return get(setting, Long.class);
  }

  /**
   * A setting whose values are durations.
   *
   * @return as it was given; zero for none
   */
  public Duration duration(PoolSetting setting) {
    return get(setting, Duration.class);
  }

  /**
   * A setting whose value is the name of a class or a folder.
   *
   * @return as it was given; empty for none
   */
  public String text(PoolSetting setting) {
    return get(setting, String.class);
  }

  /**
   * A setting whose values are lists.
   *
   * @return in order; unmodifiable
   */
  public List<String> words(PoolSetting setting) {
    List<?> words = get(setting, List.class);
    return words.stream().map(String.class::cast).toList();
  }

  /**
   * What submit does when the pool is saturated.
   *
   * @return the policy
   */
  public SaturationPolicy whenSaturated() {
    return get(PoolSetting.WHEN_SATURATED, SaturationPolicy.class);
  }

  private <T> T get(PoolSetting setting, Class<T> type) {
    return type.cast(Objects.requireNonNull(values.get(setting)));
  }
}

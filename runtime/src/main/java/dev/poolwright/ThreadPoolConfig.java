package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * Configuration in code of a pool of threads. Made by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ThreadPoolConfig.named("io").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
 */
public final class ThreadPoolConfig implements PoolConfig {

  private final SettingsMap settings;

  private ThreadPoolConfig(SettingsMap settings) {
    this.settings = settings;
  }

  /**
   * Starts the configuration of a pool.
   *
   * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
   * @return nothing set yet
   * @throws IllegalArgumentException when the name has other characters
   */
  public static ThreadPoolConfig named(String name) {
    return new ThreadPoolConfig(SettingsMap.named(name));
  }

  /**
   * Sets most tasks that run at once.
   *
   * @param workers 1 to 1,024, or 0 for the number of CPUs
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig maxWorkers(int workers) {
    return new ThreadPoolConfig(settings.with(PoolSetting.MAX_WORKERS, workers));
  }

  /**
   * Sets most tasks that wait for a worker.
   *
   * @param tasks 0 or more
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig queueCapacity(int tasks) {
    return new ThreadPoolConfig(settings.with(PoolSetting.QUEUE_CAPACITY, tasks));
  }

  /**
   * Sets what submit does when the pool is saturated.
   *
   * @param policy the policy
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig whenSaturated(SaturationPolicy policy) {
    return new ThreadPoolConfig(settings.with(PoolSetting.WHEN_SATURATED, policy));
  }

  /**
   * Sets how long an idle worker is kept.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig keepAlive(Duration time) {
    return new ThreadPoolConfig(settings.with(PoolSetting.KEEP_ALIVE, time));
  }

  /**
   * Sets how many workers start with the pool.
   *
   * @param workers 0 to 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig prestart(int workers) {
    return new ThreadPoolConfig(settings.with(PoolSetting.PRESTART, workers));
  }

  /**
   * Sets the longest run of a task that has no limit of its own.
   *
   * @param limit zero for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ThreadPoolConfig timeout(Duration limit) {
    return new ThreadPoolConfig(settings.with(PoolSetting.TIMEOUT, limit));
  }

  @Override
  public String name() {
    return settings.pool();
  }

  @Override
  public PoolKind kind() {
    return PoolKind.THREAD;
  }

  @Override
  public Map<PoolSetting, Object> settings() {
    return settings.values();
  }
}

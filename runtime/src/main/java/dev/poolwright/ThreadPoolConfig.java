package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;

/**
 * Configuration in code of a pool of threads. Created by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ThreadPoolConfig.named("io").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; contains only the settings given here.
 */
public final class ThreadPoolConfig extends BaseConfig<ThreadPoolConfig> implements PoolConfig {

  private ThreadPoolConfig(String name) {
    super(name, PoolKind.THREAD);
  }

  private ThreadPoolConfig(ThreadPoolConfig other, PoolSetting setting, Object value) {
    super(other, setting, value);
  }

  /**
   * Starts the configuration of a pool.
   *
   * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
   * @return a configuration with no settings
   * @throws IllegalArgumentException if {@code name} is empty
   * @throws IllegalArgumentException if {@code name} is longer than 64 characters
   * @throws IllegalArgumentException if {@code name} contains other characters
   */
  public static ThreadPoolConfig named(String name) {
    return new ThreadPoolConfig(name);
  }

  @Override
  public ThreadPoolConfig set(PoolSetting setting, Object value) {
    return new ThreadPoolConfig(this, setting, value);
  }

  /**
   * Sets how long an idle worker is kept.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code time} is zero or negative
   */
  public ThreadPoolConfig keepAlive(Duration time) {
    return set(PoolSetting.KEEP_ALIVE, time);
  }

  /**
   * Sets the number of workers started together with the pool.
   *
   * @param workers 0 to 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code workers} is out of range
   */
  public ThreadPoolConfig prestart(int workers) {
    return set(PoolSetting.PRESTART, workers);
  }
}

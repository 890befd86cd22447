package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;

/**
 * Configuration in code of a pool of threads. Made by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ThreadPoolConfig.named("io").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
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
   * @return nothing set yet
   * @throws IllegalArgumentException if {@code name} has other characters, none, or too many
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
   * Sets how many workers start with the pool.
   *
   * @param workers 0 to 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code workers} is out of range
   */
  public ThreadPoolConfig prestart(int workers) {
    return set(PoolSetting.PRESTART, workers);
  }
}

package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;

/**
 * Configuration in code of a pool of virtual threads. Created by {@link #named} and refined by
 * copies:
 *
 * <pre>{@code
 * VirtualPoolConfig.named("io").maxWorkers(2_000).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; contains only the settings given here.
 */
public final class VirtualPoolConfig extends BaseConfig<VirtualPoolConfig> implements PoolConfig {

  private VirtualPoolConfig(String name) {
    super(name, PoolKind.VIRTUAL);
  }

  private VirtualPoolConfig(VirtualPoolConfig other, PoolSetting setting, Object value) {
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
  public static VirtualPoolConfig named(String name) {
    return new VirtualPoolConfig(name);
  }

  @Override
  public VirtualPoolConfig set(PoolSetting setting, Object value) {
    return new VirtualPoolConfig(this, setting, value);
  }
}

package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;

/**
 * Configuration in code of a pool of virtual threads. Made by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * VirtualPoolConfig.named("io").maxWorkers(2_000).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
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
   * @return nothing set yet
   * @throws IllegalArgumentException if {@code name} has other characters, none, or too many
   */
  public static VirtualPoolConfig named(String name) {
    return new VirtualPoolConfig(name);
  }

  @Override
  public VirtualPoolConfig set(PoolSetting setting, Object value) {
    return new VirtualPoolConfig(this, setting, value);
  }
}

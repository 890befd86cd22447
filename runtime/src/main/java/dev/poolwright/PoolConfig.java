package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.util.Optional;

/**
 * The configuration in code of one pool: its kind and its explicit settings. Settings that are left
 * out come from a source of lower precedence or from the defaults of {@link PoolSetting}.
 *
 * <p><b>Shape:</b> immutable; each method that sets something returns a copy.
 */
public sealed interface PoolConfig
    permits ThreadPoolConfig, VirtualPoolConfig, ProcessPoolConfig, ClusterPoolConfig {

  /**
   * The name of the pool.
   *
   * @return the name as given
   */
  String name();

  /**
   * The kind of the pool's workers.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * The value of a setting that was given explicitly.
   *
   * @param setting any setting
   * @return the value, of the setting's own type; empty if it was not given
   */
  Optional<Object> get(PoolSetting setting);

  /**
   * Sets a setting given as data, for instance from a file:
   *
   * <pre>{@code
   * config = config.set(setting, setting.read(config.kind(), text));
   * }</pre>
   *
   * @param setting a setting that pools of this kind have
   * @param value of the setting's own type
   * @return a copy with this setting
   * @throws IllegalArgumentException if pools of this kind do not have the setting
   * @throws IllegalArgumentException if {@code value} is of another type
   * @throws IllegalArgumentException if {@code value} is out of range
   */
  PoolConfig set(PoolSetting setting, Object value);
}

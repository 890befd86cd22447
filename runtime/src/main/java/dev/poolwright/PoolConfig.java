package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.util.Optional;

/**
 * What somebody says of one pool: its kind, and the settings that are given explicitly. What is
 * left out comes from a weaker source or from the defaults of {@link PoolSetting}.
 *
 * <p><b>Shape:</b> immutable; each method that sets something returns a copy.
 */
public sealed interface PoolConfig
    permits ThreadPoolConfig, VirtualPoolConfig, ProcessPoolConfig, ClusterPoolConfig {

  /**
   * The pool.
   *
   * @return its name
   */
  String name();

  /**
   * What its workers are.
   *
   * @return the kind
   */
  PoolKind kind();

  /**
   * A setting, if it is given explicitly.
   *
   * @param setting any
   * @return of the setting's own type; empty if it is left out
   */
  Optional<Object> get(PoolSetting setting);

  /**
   * Sets a setting that the caller knows as data, for instance from a file:
   *
   * <pre>{@code
   * config = config.set(setting, setting.read(config.kind(), text));
   * }</pre>
   *
   * @param setting one that pools of this kind have
   * @param value of the setting's own type
   * @return a copy with this setting
   * @throws IllegalArgumentException if pools of this kind do not have the setting
   * @throws IllegalArgumentException if {@code value} is of another type or out of range
   */
  PoolConfig set(PoolSetting setting, Object value);
}

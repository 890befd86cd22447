package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import java.util.Map;

/**
 * What somebody says of one pool: its kind and the settings that are given explicitly. What is left
 * out comes from a weaker source or from the defaults of {@link PoolSetting}.
 *
 * <p><b>Shape:</b> immutable.
 */
public sealed interface PoolConfig permits ThreadPoolConfig, ProcessPoolConfig {

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
   * The settings that are given explicitly.
   *
   * @return unmodifiable; values of each setting's own type
   */
  Map<PoolSetting, Object> settings();
}

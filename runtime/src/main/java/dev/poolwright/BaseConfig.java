package dev.poolwright;

import static java.util.Objects.requireNonNull;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.annotation.wording.OtherKinds;
import dev.poolwright.annotation.wording.PoolName;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The explicit settings of one named pool, each checked when it is set, with the setters that pools
 * of every kind have.
 *
 * @param <C> the configuration of one kind
 */
abstract class BaseConfig<C> {

  private final String name;
  private final PoolKind kind;
  private final Map<PoolSetting, Object> values = new EnumMap<>(PoolSetting.class);

  BaseConfig(String name, PoolKind kind) {
    if (!PoolName.isLegal(name)) {
      throw new IllegalArgumentException("pool name is \"" + name + "\"; must be " + PoolName.RULE);
    }
    this.name = name;
    this.kind = kind;
  }

  /** A copy with one more setting. */
  BaseConfig(BaseConfig<C> other, PoolSetting setting, Object value) {
    this.name = other.name;
    this.kind = other.kind;
    values.putAll(other.values);
    values.put(setting, checked(setting, value));
  }

  private Object checked(PoolSetting setting, Object value) {
    requireNonNull(value, setting.member());
    if (!setting.isFor(kind)) {
      throw new IllegalArgumentException(
          "pool \""
              + name
              + "\": "
              + setting.key()
              + " is a setting of pools of "
              + OtherKinds.of(setting.kinds())
              + ", not of "
              + kind.plural()
              + OtherKinds.whyNot(setting.kinds(), kind));
    }
    try {
      return setting.checked(kind, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pool \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /**
   * Sets a setting given as data.
   *
   * @param setting a setting that pools of this kind have
   * @param value of the setting's own type
   * @return a copy with this setting
   * @throws IllegalArgumentException if pools of this kind do not have the setting
   * @throws IllegalArgumentException if {@code value} is of another type
   * @throws IllegalArgumentException if {@code value} is out of range
   */
  public abstract C set(PoolSetting setting, Object value);

  /**
   * The name of the pool.
   *
   * @return the name as given
   */
  public final String name() {
    return name;
  }

  /**
   * The kind of the pool's workers.
   *
   * @return the kind
   */
  public final PoolKind kind() {
    return kind;
  }

  /**
   * The value of a setting that was given explicitly.
   *
   * @param setting any setting
   * @return the value, of the setting's own type; empty if it was not given
   */
  public final Optional<Object> get(PoolSetting setting) {
    return Optional.ofNullable(values.get(requireNonNull(setting, "setting")));
  }

  /**
   * Sets the maximum number of concurrently running tasks.
   *
   * @param workers 1 to 1,024, or 0 for the number of CPUs; for virtual threads 1 to 1,000,000, for
   *     cluster nodes 1 to 10,000, or 0 for 256
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code workers} is out of range
   */
  public final C maxWorkers(int workers) {
    return set(PoolSetting.MAX_WORKERS, workers);
  }

  /**
   * Sets the maximum number of tasks that wait for a worker.
   *
   * @param tasks 0 or more
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code tasks} is negative
   */
  public final C queueCapacity(int tasks) {
    return set(PoolSetting.QUEUE_CAPACITY, tasks);
  }

  /**
   * Sets what submit does when the pool is saturated.
   *
   * @param policy a policy that pools of this kind have: {@code CALLER_RUNS} needs tasks that run
   *     in this JVM
   * @return a copy with this setting
   * @throws IllegalArgumentException if pools of this kind do not have the policy
   */
  public final C whenSaturated(SaturationPolicy policy) {
    return set(PoolSetting.WHEN_SATURATED, policy);
  }

  /**
   * Sets the maximum running time of a task that sets no limit of its own.
   *
   * @param limit zero for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code limit} is negative
   */
  public final C timeout(Duration limit) {
    return set(PoolSetting.TIMEOUT, limit);
  }
}

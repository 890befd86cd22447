package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.List;

/**
 * Configuration in code of a pool whose calls run on the worker nodes of a cluster. Made by {@link
 * #named} and refined by copies:
 *
 * <pre>{@code
 * ClusterPoolConfig.named("render").cluster("orders-v42").noWorkerTimeout(Duration.ofMinutes(2))
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
 */
public final class ClusterPoolConfig extends BaseConfig<ClusterPoolConfig> implements PoolConfig {

  private ClusterPoolConfig(String name) {
    super(name, PoolKind.CLUSTER);
  }

  private ClusterPoolConfig(ClusterPoolConfig other, PoolSetting setting, Object value) {
    super(other, setting, value);
  }

  /**
   * Starts the configuration of a pool.
   *
   * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
   * @return nothing set yet
   * @throws IllegalArgumentException if {@code name} has other characters, none, or too many
   */
  public static ClusterPoolConfig named(String name) {
    return new ClusterPoolConfig(name);
  }

  @Override
  public ClusterPoolConfig set(PoolSetting setting, Object value) {
    return new ClusterPoolConfig(this, setting, value);
  }

  /**
   * Sets the cluster whose nodes are the workers.
   *
   * @param name as the nodes are started with
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code name} is blank
   */
  public ClusterPoolConfig cluster(String name) {
    return set(PoolSetting.CLUSTER, name);
  }

  /**
   * Sets how long a task waits while there is no node at all, before it fails.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code time} is not more than zero
   */
  public ClusterPoolConfig noWorkerTimeout(Duration time) {
    return set(PoolSetting.NO_WORKER_TIMEOUT, time);
  }

  /**
   * Sets how often a call is run again whose node was lost, while it ran or may have run. It is for
   * calls that may run twice.
   *
   * @param times 0 to 100
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code times} is out of range
   */
  public ClusterPoolConfig retries(int times) {
    return set(PoolSetting.RETRIES, times);
  }

  /**
   * Sets the maximum number of bytes of serialized arguments that wait for a worker; one payload
   * always fits.
   *
   * @param bytes 1 or more, or 0 for an eighth of the largest heap
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public ClusterPoolConfig queueBytes(long bytes) {
    return set(PoolSetting.QUEUE_BYTES, bytes);
  }

  /**
   * Sets the maximum number of bytes of one serialized call or result.
   *
   * @param bytes 1,024 to {@link Integer#MAX_VALUE} - 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code bytes} is out of range
   */
  public ClusterPoolConfig payloadLimit(long bytes) {
    return set(PoolSetting.PAYLOAD_LIMIT, bytes);
  }

  /**
   * Sets patterns of the classes that results may have. Declared types are always allowed.
   *
   * @param patterns as {@code "com.example.**"}; none allows all that the JVM-wide filter allows
   * @return a copy with this setting
   */
  public ClusterPoolConfig allow(String... patterns) {
    return set(PoolSetting.ALLOW, List.of(patterns));
  }
}

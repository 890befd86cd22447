package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.List;

/**
 * Configuration in code of a pool whose calls run on the worker nodes of a cluster. Created by
 * {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ClusterPoolConfig.named("render").cluster("orders-v42").noWorkerTimeout(Duration.ofMinutes(2))
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; contains only the settings given here.
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
   * @return a configuration with no settings
   * @throws IllegalArgumentException if {@code name} is empty
   * @throws IllegalArgumentException if {@code name} is longer than 64 characters
   * @throws IllegalArgumentException if {@code name} contains other characters
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
   * @param name the cluster name that the nodes are started with
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code name} is blank
   */
  public ClusterPoolConfig cluster(String name) {
    return set(PoolSetting.CLUSTER, name);
  }

  /**
   * Sets how long a task waits for a node when there is none at all, before it fails.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code time} is zero or negative
   */
  public ClusterPoolConfig noWorkerTimeout(Duration time) {
    return set(PoolSetting.NO_WORKER_TIMEOUT, time);
  }

  /**
   * Sets how many times a call is run again when its node was lost and the call ran there or may
   * have run. Only for calls that may safely run twice.
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
   * @param bytes 1 or more, or 0 for an eighth of the maximum heap size
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
   * Sets patterns of the classes that results may contain. Declared types are always allowed.
   *
   * @param patterns such as {@code "com.example.**"}; empty allows every class that the JVM-wide
   *     filter allows
   * @return a copy with this setting
   */
  public ClusterPoolConfig allow(String... patterns) {
    return set(PoolSetting.ALLOW, List.of(patterns));
  }
}

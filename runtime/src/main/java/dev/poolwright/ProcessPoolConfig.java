package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Configuration in code of a pool of worker JVMs. Made by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ProcessPoolConfig.named("cpu").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
 */
public final class ProcessPoolConfig implements PoolConfig {

  private final SettingsMap settings;

  private ProcessPoolConfig(SettingsMap settings) {
    this.settings = settings;
  }

  /**
   * Starts the configuration of a pool.
   *
   * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
   * @return nothing set yet
   * @throws IllegalArgumentException when the name has other characters
   */
  public static ProcessPoolConfig named(String name) {
    return new ProcessPoolConfig(SettingsMap.named(name));
  }

  /**
   * Sets most tasks that run at once.
   *
   * @param workers 1 to 1,024, or 0 for the number of CPUs
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig maxWorkers(int workers) {
    return new ProcessPoolConfig(settings.with(PoolSetting.MAX_WORKERS, workers));
  }

  /**
   * Sets most tasks that wait for a worker.
   *
   * @param tasks 0 or more
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig queueCapacity(int tasks) {
    return new ProcessPoolConfig(settings.with(PoolSetting.QUEUE_CAPACITY, tasks));
  }

  /**
   * Sets what submit does when the pool is saturated.
   *
   * @param policy the policy
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig whenSaturated(SaturationPolicy policy) {
    return new ProcessPoolConfig(settings.with(PoolSetting.WHEN_SATURATED, policy));
  }

  /**
   * Sets how long an idle worker is kept.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig keepAlive(Duration time) {
    return new ProcessPoolConfig(settings.with(PoolSetting.KEEP_ALIVE, time));
  }

  /**
   * Sets how many workers start with the pool.
   *
   * @param workers 0 to 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig prestart(int workers) {
    return new ProcessPoolConfig(settings.with(PoolSetting.PRESTART, workers));
  }

  /**
   * Sets the longest run of a task that has no limit of its own.
   *
   * @param limit zero for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig timeout(Duration limit) {
    return new ProcessPoolConfig(settings.with(PoolSetting.TIMEOUT, limit));
  }

  /**
   * Sets most bytes of serialized arguments that wait for a worker.
   *
   * @param bytes 0 for an eighth of the largest heap
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig queueBytes(long bytes) {
    return new ProcessPoolConfig(settings.with(PoolSetting.QUEUE_BYTES, bytes));
  }

  /**
   * Sets how long a stopped task may take to end before its worker JVM is killed.
   *
   * @param grace zero to kill at once
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig cancelGrace(Duration grace) {
    return new ProcessPoolConfig(settings.with(PoolSetting.CANCEL_GRACE, grace));
  }

  /**
   * Sets how many tasks one worker JVM runs before a fresh one takes its place.
   *
   * @param tasks 0 for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig maxTasksPerWorker(int tasks) {
    return new ProcessPoolConfig(settings.with(PoolSetting.MAX_TASKS_PER_WORKER, tasks));
  }

  /**
   * Sets the longest start of a worker JVM, the initializer included.
   *
   * @param limit more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig startTimeout(Duration limit) {
    return new ProcessPoolConfig(settings.with(PoolSetting.START_TIMEOUT, limit));
  }

  /**
   * Sets how long a retired worker JVM may take to exit before it is killed.
   *
   * @param limit more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig exitTimeout(Duration limit) {
    return new ProcessPoolConfig(settings.with(PoolSetting.EXIT_TIMEOUT, limit));
  }

  /**
   * Sets further arguments for the worker JVMs.
   *
   * @param arguments in command-line order
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig jvmArgs(String... arguments) {
    return new ProcessPoolConfig(settings.with(PoolSetting.JVM_ARGS, List.of(arguments)));
  }

  /**
   * Sets environment variables of the worker JVMs.
   *
   * @param variables each as {@code NAME=value}
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig environment(String... variables) {
    return new ProcessPoolConfig(settings.with(PoolSetting.ENVIRONMENT, List.of(variables)));
  }

  /**
   * Sets what a worker JVM runs once, before its first task.
   *
   * @param type has an accessible constructor without parameters
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig initializer(Class<? extends Runnable> type) {
    String name = type == Runnable.class ? "" : type.getName();
    return new ProcessPoolConfig(settings.with(PoolSetting.INITIALIZER, name));
  }

  /**
   * Sets the Guice modules that make targets in a worker JVM.
   *
   * @param types module classes with a constructor without parameters
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig modules(Class<?>... types) {
    return new ProcessPoolConfig(
        settings.with(PoolSetting.MODULES, Arrays.stream(types).map(Class::getName).toList()));
  }

  /**
   * Sets most bytes of one serialized call or result.
   *
   * @param bytes 1,024 to Integer.MAX_VALUE - 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig payloadLimit(long bytes) {
    return new ProcessPoolConfig(settings.with(PoolSetting.PAYLOAD_LIMIT, bytes));
  }

  /**
   * Sets the patterns of the classes that may be deserialized.
   *
   * @param patterns in the syntax of {@link java.io.ObjectInputFilter.Config#createFilter(String)},
   *     without limits
   * @return a copy with this setting
   * @throws IllegalArgumentException when out of range
   */
  public ProcessPoolConfig allow(String... patterns) {
    return new ProcessPoolConfig(settings.with(PoolSetting.ALLOW, List.of(patterns)));
  }

  @Override
  public String name() {
    return settings.pool();
  }

  @Override
  public PoolKind kind() {
    return PoolKind.PROCESS;
  }

  @Override
  public Map<PoolSetting, Object> settings() {
    return settings.values();
  }
}

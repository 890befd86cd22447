package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Configuration in code of a pool of worker JVMs. Made by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ProcessPoolConfig.named("cpu").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; only what is said here is set.
 */
public final class ProcessPoolConfig extends BaseConfig<ProcessPoolConfig> implements PoolConfig {

  private ProcessPoolConfig(String name) {
    super(name, PoolKind.PROCESS);
  }

  private ProcessPoolConfig(ProcessPoolConfig other, PoolSetting setting, Object value) {
    super(other, setting, value);
  }

  /**
   * Starts the configuration of a pool.
   *
   * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
   * @return nothing set yet
   * @throws IllegalArgumentException if {@code name} has other characters, none, or too many
   */
  public static ProcessPoolConfig named(String name) {
    return new ProcessPoolConfig(name);
  }

  @Override
  public ProcessPoolConfig set(PoolSetting setting, Object value) {
    return new ProcessPoolConfig(this, setting, value);
  }

  /**
   * Sets how long an idle worker is kept.
   *
   * @param time more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code time} is zero or negative
   */
  public ProcessPoolConfig keepAlive(Duration time) {
    return set(PoolSetting.KEEP_ALIVE, time);
  }

  /**
   * Sets how many workers start with the pool.
   *
   * @param workers 0 to 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code workers} is out of range
   */
  public ProcessPoolConfig prestart(int workers) {
    return set(PoolSetting.PRESTART, workers);
  }

  /**
   * Sets the maximum number of bytes of serialized arguments that wait for a worker.
   *
   * @param bytes 0 for an eighth of the largest heap
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public ProcessPoolConfig queueBytes(long bytes) {
    return set(PoolSetting.QUEUE_BYTES, bytes);
  }

  /**
   * Sets how long a stopped task may take to end before its worker JVM is killed.
   *
   * @param grace zero to kill at once
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code grace} is negative
   */
  public ProcessPoolConfig cancelGrace(Duration grace) {
    return set(PoolSetting.CANCEL_GRACE, grace);
  }

  /**
   * Sets how many tasks one worker JVM runs before a fresh one takes its place.
   *
   * @param tasks 0 for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code tasks} is negative
   */
  public ProcessPoolConfig maxTasksPerWorker(int tasks) {
    return set(PoolSetting.MAX_TASKS_PER_WORKER, tasks);
  }

  /**
   * Sets how often a call is run again whose worker JVM ended by itself, while it ran. It is for
   * calls that may run twice.
   *
   * @param times 0 to 100
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code times} is out of range
   */
  public ProcessPoolConfig retries(int times) {
    return set(PoolSetting.RETRIES, times);
  }

  /**
   * Sets the longest start of a worker JVM, the initializer included.
   *
   * @param limit more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  public ProcessPoolConfig startTimeout(Duration limit) {
    return set(PoolSetting.START_TIMEOUT, limit);
  }

  /**
   * Sets how long a retired worker JVM may take to exit before it is killed.
   *
   * @param limit more than zero
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  public ProcessPoolConfig exitTimeout(Duration limit) {
    return set(PoolSetting.EXIT_TIMEOUT, limit);
  }

  /**
   * Sets further arguments for the worker JVMs.
   *
   * @param arguments in command-line order
   * @return a copy with this setting
   */
  public ProcessPoolConfig jvmArgs(String... arguments) {
    return set(PoolSetting.JVM_ARGS, List.of(arguments));
  }

  /**
   * Sets environment variables of the worker JVMs.
   *
   * @param variables each as {@code NAME=value}
   * @return a copy with this setting
   * @throws IllegalArgumentException if a variable has no {@code =}, or no name
   */
  public ProcessPoolConfig environment(String... variables) {
    return set(PoolSetting.ENVIRONMENT, List.of(variables));
  }

  /**
   * Sets what starts the worker JVMs.
   *
   * @param path of a {@code java}; empty for that of the application
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code path} is no path
   */
  public ProcessPoolConfig java(String path) {
    return set(PoolSetting.JAVA, path);
  }

  /**
   * Sets where the worker JVMs find their classes, this library's included. Relative ones are
   * relative to the working directory of the application.
   *
   * @param entries jars and folders in the order of the class path, as {@code "lib/*"}
   * @return a copy with this setting
   */
  public ProcessPoolConfig classPath(String... entries) {
    return set(PoolSetting.CLASS_PATH, List.of(entries));
  }

  /**
   * Sets what a worker JVM runs once, before its first task.
   *
   * @param type has an accessible constructor without parameters
   * @return a copy with this setting
   */
  public ProcessPoolConfig initializer(Class<? extends Runnable> type) {
    String name = type == Runnable.class ? "" : type.getName();
    return set(PoolSetting.INITIALIZER, name);
  }

  /**
   * Sets the Guice modules or Spring configurations that make targets in a worker JVM.
   *
   * @param types Guice modules with a constructor without parameters, or classes that a {@link
   *     dev.poolwright.spi.TargetSource} knows
   * @return a copy with this setting
   */
  public ProcessPoolConfig modules(Class<?>... types) {
    return set(PoolSetting.MODULES, Arrays.stream(types).map(Class::getName).toList());
  }

  /**
   * Sets the maximum number of bytes of one serialized call or result.
   *
   * @param bytes 1,024 to Integer.MAX_VALUE - 1,024
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code bytes} is out of range
   */
  public ProcessPoolConfig payloadLimit(long bytes) {
    return set(PoolSetting.PAYLOAD_LIMIT, bytes);
  }

  /**
   * Sets the patterns of the classes that may be deserialized.
   *
   * @param patterns in the syntax of {@link java.io.ObjectInputFilter.Config#createFilter(String)},
   *     without limits
   * @return a copy with this setting
   */
  public ProcessPoolConfig allow(String... patterns) {
    return set(PoolSetting.ALLOW, List.of(patterns));
  }

  /**
   * Sets the longest wait for the stack of a run that reached its time limit, before its worker JVM
   * is killed.
   *
   * @param wait zero asks for no stack
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code wait} is negative
   */
  public ProcessPoolConfig stuckDump(Duration wait) {
    return set(PoolSetting.STUCK_DUMP, wait);
  }

  /**
   * Sets where reports of worker JVMs that crashed in native code are kept.
   *
   * @param folder made when it is missing; empty for the working folder of this process
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code folder} is no path
   */
  public ProcessPoolConfig crashFiles(String folder) {
    return set(PoolSetting.CRASH_FILES, folder);
  }
}

package dev.poolwright;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Configuration in code of a pool of worker JVMs. Created by {@link #named} and refined by copies:
 *
 * <pre>{@code
 * ProcessPoolConfig.named("cpu").maxWorkers(4).queueCapacity(100)
 * }</pre>
 *
 * <p><b>Shape:</b> immutable; contains only the settings given here.
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
   * @return a configuration with no settings
   * @throws IllegalArgumentException if {@code name} is empty
   * @throws IllegalArgumentException if {@code name} is longer than 64 characters
   * @throws IllegalArgumentException if {@code name} contains other characters
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
   * Sets the number of workers started together with the pool.
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
   * @param bytes 1 or more, or 0 for an eighth of the maximum heap size
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
   * Sets the maximum number of tasks that one worker JVM runs before a fresh one replaces it.
   *
   * @param tasks 1 or more, or 0 for no limit
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code tasks} is negative
   */
  public ProcessPoolConfig maxTasksPerWorker(int tasks) {
    return set(PoolSetting.MAX_TASKS_PER_WORKER, tasks);
  }

  /**
   * Sets how many times a call is run again when its worker JVM ended by itself while running it.
   * Only for calls that may safely run twice.
   *
   * @param times 0 to 100
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code times} is out of range
   */
  public ProcessPoolConfig retries(int times) {
    return set(PoolSetting.RETRIES, times);
  }

  /**
   * Sets the maximum time a worker JVM may take to start, including its initializer.
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
   * Sets additional arguments for the worker JVMs.
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
   * @throws IllegalArgumentException if a variable has no {@code =}
   * @throws IllegalArgumentException if a variable has no name
   */
  public ProcessPoolConfig environment(String... variables) {
    return set(PoolSetting.ENVIRONMENT, List.of(variables));
  }

  /**
   * Sets the {@code java} command that starts the worker JVMs.
   *
   * @param path its path; empty for the {@code java} of the application
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code path} is not a valid path
   */
  public ProcessPoolConfig java(String path) {
    return set(PoolSetting.JAVA, path);
  }

  /**
   * Sets the class path of the worker JVMs, which must contain this library. Relative paths are
   * resolved against the working directory of the application.
   *
   * @param entries jars and folders in class path order; {@code "lib/*"} stands for all jars in a
   *     folder
   * @return a copy with this setting
   */
  public ProcessPoolConfig classPath(String... entries) {
    return set(PoolSetting.CLASS_PATH, List.of(entries));
  }

  /**
   * Sets the initializer, which a worker JVM runs once, before its first task.
   *
   * @param type a class with an accessible constructor without parameters
   * @return a copy with this setting
   */
  public ProcessPoolConfig initializer(Class<? extends Runnable> type) {
    String name = type == Runnable.class ? "" : type.getName();
    return set(PoolSetting.INITIALIZER, name);
  }

  /**
   * Sets the Guice modules or Spring configurations that create target objects in a worker JVM.
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
   * @param bytes 1,024 to {@link Integer#MAX_VALUE} - 1,024
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
   * Sets the maximum time to wait for the stack trace of a run that reached its time limit, before
   * its worker JVM is killed.
   *
   * @param wait zero or more; zero asks for no stack trace
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code wait} is negative
   */
  public ProcessPoolConfig stuckDump(Duration wait) {
    return set(PoolSetting.STUCK_DUMP, wait);
  }

  /**
   * Sets the folder for the error reports of worker JVMs that crashed in native code.
   *
   * @param folder created if missing; empty for the working directory of this process
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code folder} is not a valid path
   */
  public ProcessPoolConfig crashFiles(String folder) {
    return set(PoolSetting.CRASH_FILES, folder);
  }
}

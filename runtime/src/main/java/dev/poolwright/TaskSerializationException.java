package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * An argument or a result could not be written or read. The worker JVM and the pool are unharmed.
 */
public final class TaskSerializationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Phase phase;
  private final String typeName;

  /**
   * Made by process pools.
   *
   * @param message names the task, the phase and the type
   * @param phase what was being done
   * @param typeName the offending type, as exactly as is known
   * @param cause why, or null
   */
  public TaskSerializationException(
      String message, Phase phase, String typeName, @Nullable Throwable cause) {
    super(message, cause);
    this.phase = phase;
    this.typeName = typeName;
  }

  /**
   * What was being done.
   *
   * @return the phase
   */
  public Phase phase() {
    return phase;
  }

  /**
   * The type that could not be written or read.
   *
   * @return a class name
   */
  public String typeName() {
    return typeName;
  }

  /** What was being written or read, and where. */
  public enum Phase {
    /** Arguments were written, in the parent. */
    ARGUMENT_WRITE,
    /** Arguments were read, in the worker JVM. */
    ARGUMENT_READ,
    /** The result was written, in the worker JVM. */
    RESULT_WRITE,
    /** The result was read, in the parent. */
    RESULT_READ
  }
}

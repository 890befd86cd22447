package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an argument or a result cannot be serialized or deserialized. The worker JVM and the
 * pool are unharmed.
 */
public final class TaskSerializationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Phase phase;
  private final String typeName;

  /**
   * For process pools.
   *
   * @param message names the task, the phase and the type
   * @param phase the phase that failed
   * @param typeName the offending type, as precisely as it is known
   * @param cause the cause; null if there is none
   */
  public TaskSerializationException(
      String message, Phase phase, String typeName, @Nullable Throwable cause) {
    super(message, cause);
    this.phase = phase;
    this.typeName = typeName;
  }

  /**
   * The phase that failed.
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

  /** A phase of sending a call and its result. */
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

package dev.poolwright;

import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception of a worker JVM that could not be sent itself, for instance because one of
 * its fields is not serializable or its class is unknown here.
 */
public final class RemoteTaskException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String className;
  private final @Nullable String remoteMessage;
  private final String remoteStack;

  /**
   * For process pools.
   *
   * @param className class name of the original exception
   * @param remoteMessage its message
   * @param remoteStack its stack trace with causes, as printed
   */
  public RemoteTaskException(String className, @Nullable String remoteMessage, String remoteStack) {
    super(
        className
            + (remoteMessage == null ? "" : ": " + remoteMessage)
            + "\n  in the worker JVM:\n"
            + remoteStack);
    this.className = className;
    this.remoteMessage = remoteMessage;
    this.remoteStack = remoteStack;
  }

  /**
   * The class of the original exception.
   *
   * @return its binary name
   */
  public String className() {
    return className;
  }

  /**
   * The message of the original exception.
   *
   * @return the message; null if it had none
   */
  public @Nullable String remoteMessage() {
    return remoteMessage;
  }

  /**
   * The stack trace of the original exception, with its causes.
   *
   * @return lines as {@link Throwable#printStackTrace()} prints them
   */
  public String remoteStack() {
    return remoteStack;
  }
}

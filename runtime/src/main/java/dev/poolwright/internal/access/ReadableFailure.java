package dev.poolwright.internal.access;

import java.util.concurrent.CompletionException;

/**
 * Failures as futures take them. The JDK wraps a failure for each stage, and asks it for its text
 * to do so; where that throws, older JDKs forget the stage, which never ends.
 */
public final class ReadableFailure {

  private ReadableFailure() {}

  /**
   * A failure that the JDK can wrap, or need not.
   *
   * @param failure any
   * @return itself; where its text cannot be read, one whose cause it is
   */
  public static Throwable of(Throwable failure) {
    try {
      String unused = failure.toString();
      return failure;
    } catch (Throwable e) {
      return wrapped(failure);
    }
  }

  /**
   * A failure as the JDK wraps it for a stage.
   *
   * @param failure any
   * @return its text is that of the failure, or why that cannot be read
   */
  public static CompletionException wrapped(Throwable failure) {
    return new CompletionException(text(failure), failure);
  }

  /**
   * What a failure was before the JDK wrapped it for a stage.
   *
   * @param failure any
   * @return itself when it is not wrapped
   */
  public static Throwable unwrapped(Throwable failure) {
    try {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
      return cause == null ? failure : cause;
    } catch (Throwable e) {
      return failure; // It is of a class of its own.
    }
  }

  /**
   * Throws what the calling method cannot declare, as what functions and inputs of users throw.
   *
   * @param thrown any
   * @param <E> what the caller may throw, for the compiler alone
   * @return never
   * @throws E that is {@code thrown}
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <E extends Throwable> E sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /**
   * What a throwable says of itself.
   *
   * @param thrown whatever was thrown
   * @return as {@link Throwable#toString}; where that throws, the name of its class and why
   */
  public static String text(Throwable thrown) {
    try {
      return String.valueOf(thrown);
    } catch (Throwable e) {
      return thrown.getClass().getName() + ", whose text cannot be read: " + e.getClass().getName();
    }
  }
}

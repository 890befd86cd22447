package dev.poolwright.console;

/** An exception of the user's that cannot even be written. */
@SuppressWarnings("OverrideThrowableToString") // As foreign code may.
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  @Override
  public String getMessage() {
    throw new AssertionError("no text");
  }
}

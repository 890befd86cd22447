package dev.poolwright.samples;

/** An option or a parameter of a command cannot be what was given. */
public final class WrongArgument extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Made by commands before they begin.
   *
   * @param message what was given, and what is allowed
   */
  public WrongArgument(String message) {
    super(message);
  }
}

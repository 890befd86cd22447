package dev.poolwright;

/**
 * The progress of a running task, as reported by the task itself.
 *
 * <p><b>Shape:</b> a fraction and a message are all that a method reports, so this is a record.
 *
 * @param fraction 0 to 1
 * @param message text for people; may be empty
 */
public record TaskProgress(double fraction, String message) {

  /**
   * Checks the fraction.
   *
   * @param fraction 0 to 1
   * @param message text for people; may be empty
   * @throws IllegalArgumentException if {@code fraction} is not between 0 and 1
   */
  public TaskProgress {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction is " + fraction + "; must be 0 to 1");
    }
  }
}

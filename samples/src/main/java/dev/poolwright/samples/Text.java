package dev.poolwright.samples;

import java.util.regex.Pattern;

/** Text of others, made fit for a terminal. */
public final class Text {

  private static final int MOST_CHARACTERS = 300;

  /** Control and format characters, such as escapes and changes of direction, and line ends. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private Text() {}

  /**
   * Puts a text on one line that a terminal shows as it is.
   *
   * @param text of whatever origin
   * @return without control characters; cut, with an ellipsis, after 300 characters
   */
  public static String line(Object text) {
    String line = UNSAFE.matcher(String.valueOf(text)).replaceAll(" ").strip();
    return line.codePointCount(0, line.length()) <= MOST_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_CHARACTERS)) + "\u2026";
  }
}

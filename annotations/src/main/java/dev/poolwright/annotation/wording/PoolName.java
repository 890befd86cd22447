package dev.poolwright.annotation.wording;

/** The rule for names of pools. */
public final class PoolName {

  /** The rule in words, to follow "must be" or "write". */
  public static final String RULE = "1 to 64 letters, digits, dots, hyphens and underscores";

  private static final int MOST_CHARACTERS = 64;

  private PoolName() {}

  /**
   * Whether a name follows the rule. Uses no regular expression, since every application calls this
   * when it starts.
   *
   * @param name any text
   * @return true if it follows the rule
   */
  public static boolean isLegal(String name) {
    boolean isLegal = !name.isEmpty() && name.length() <= MOST_CHARACTERS;
    for (int i = 0; i < name.length() && isLegal; i++) {
      char c = name.charAt(i);
      isLegal = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }
    return isLegal;
  }
}

package dev.poolwright.processor.model;

import java.util.Locale;
import javax.lang.model.SourceVersion;

/** Names made from names: of inputs, fields and records. */
public final class Plural {

  private Plural() {}

  /**
   * As a colleague would call several of them: {@code urls}, {@code entries}, {@code boxes}, {@code
   * xs}.
   */
  public static String of(String name) {
    if (name.length() == 1) {
      return name + "s"; // xs, ss: nobody says ses
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.matches(".*[^aeiou]y")) {
      return name.substring(0, name.length() - 1) + "ies";
    }
    return name + (lower.matches(".*(s|x|z|ch|sh)") ? "es" : "s");
  }

  public static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Whether it has capitals alone, as {@code URI}. */
  static boolean isAcronym(String name) {
    return name.length() > 1 && name.equals(name.toUpperCase(Locale.ROOT));
  }

  /** With a trailing {@code _} where it would be a keyword. */
  public static String decapitalised(String name) {
    String decapitalised =
        isAcronym(name)
            ? name.toLowerCase(Locale.ROOT)
            : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return SourceVersion.isKeyword(decapitalised) ? decapitalised + "_" : decapitalised;
  }
}

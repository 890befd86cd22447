package dev.poolwright.annotation.setting;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.wording.Choice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The range of a setting: reads, checks, shows and describes its values.
 *
 * <p><b>Shape:</b> immutable. Uses no lambdas, since every application creates all ranges when it
 * starts.
 */
public final class SettingRange {

  /** The form of a value. */
  public enum Form {
    /** An {@link Integer}. */
    INT(Integer.class),
    /** A {@link Long}. */
    LONG(Long.class),
    /** A {@link Duration} of more than zero. */
    DURATION(Duration.class),
    /** A {@link Duration}; zero, or an empty text, for none. */
    DURATION_OR_NONE(Duration.class),
    /** A {@link SaturationPolicy}. */
    POLICY(SaturationPolicy.class),
    /** The name of a class, a {@link String}; empty for none. */
    CLASS(String.class),
    /** A path, a {@link String}; empty for none. */
    PATH(String.class),
    /** A name, a {@link String} that is not blank. */
    NAME(String.class),
    /** The names of classes, a {@link List}. */
    CLASSES(List.class),
    /** Words without white space, a {@link List}. */
    WORDS(List.class),
    /** Words of the form {@code NAME=value}, a {@link List}. */
    VARIABLES(List.class);

    private final Class<?> type;

    Form(Class<?> type) {
      this.type = type;
    }

    /**
     * The Java type of the values.
     *
     * @return a wrapper class, {@code String}, {@code List} for a list of strings and so on
     */
    public Class<?> type() {
      return type;
    }
  }

  private final Form form;
  private final long min;
  private final long max;
  private final Set<SaturationPolicy> policies;

  private SettingRange(Form form, long min, long max, Set<SaturationPolicy> policies) {
    this.form = form;
    this.min = min;
    this.max = max;
    this.policies = policies;
  }

  static SettingRange of(Form form) {
    return new SettingRange(form, 0, 0, Set.of());
  }

  static SettingRange ints(int min, int max) {
    return new SettingRange(Form.INT, min, max, Set.of());
  }

  static SettingRange longs(long min, long max) {
    return new SettingRange(Form.LONG, min, max, Set.of());
  }

  static SettingRange policies(SaturationPolicy... policies) {
    return new SettingRange(Form.POLICY, 0, 0, Set.of(policies));
  }

  /**
   * The form of the values.
   *
   * @return the form
   */
  public Form form() {
    return form;
  }

  /**
   * The minimum.
   *
   * @return the smallest number allowed; 0 if the values are not numbers
   */
  public long min() {
    return min;
  }

  /**
   * The maximum.
   *
   * @return the greatest number allowed; 0 if the values are not numbers
   */
  public long max() {
    return max;
  }

  /**
   * Describes the range in words that follow "must be".
   *
   * @return text such as {@code "0 to 1,024"}
   */
  public String description() {
    return switch (form) {
      case INT, LONG ->
          max >= Integer.MAX_VALUE - 1_024L && min == 0
              ? "0 or more"
              : String.format(Locale.ROOT, "%,d to %,d", min, max);
      case DURATION -> "a positive duration as 500ms, 5s, 2m or ISO-8601";
      case DURATION_OR_NONE -> "a duration as 500ms, 5s, 2m or ISO-8601, or empty for none";
      case POLICY ->
          Choice.of(
              Arrays.stream(SaturationPolicy.values())
                  .filter(policies::contains)
                  .map(SettingRange::text)
                  .toList());
      case CLASS -> "a class name";
      case PATH -> "a path";
      case NAME -> "a name";
      case CLASSES, WORDS -> "words";
      case VARIABLES -> "variables as NAME=value";
    };
  }

  /**
   * Reads a value as it stands in a system property.
   *
   * @param text without white space around it
   * @return of the form's type; perhaps out of range
   * @throws IllegalArgumentException if {@code text} is no such value
   */
  Object read(String text) {
    return switch (form) {
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DURATION -> DurationText.parse(text);
      case DURATION_OR_NONE -> text.isEmpty() ? Duration.ZERO : DurationText.parse(text);
      case POLICY -> SaturationPolicy.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
      case CLASS, PATH, NAME -> text;
      case CLASSES, WORDS, VARIABLES -> words(text);
    };
  }

  /**
   * Whether a value is of the form's type and in range.
   *
   * @param value any value
   * @return true if both hold
   */
  public boolean has(Object value) {
    if (!form.type().isInstance(value)) {
      return false;
    }
    return switch (form) {
      case INT, LONG -> ((Number) value).longValue() >= min && ((Number) value).longValue() <= max;
      case DURATION -> !((Duration) value).isZero() && !((Duration) value).isNegative();
      case DURATION_OR_NONE -> !((Duration) value).isNegative();
      case POLICY -> policies.contains(value);
      case CLASS -> true;
      case PATH -> isPath((String) value);
      case NAME -> !((String) value).isBlank();
      case CLASSES, WORDS -> areTexts((List<?>) value);
      case VARIABLES -> areTexts((List<?>) value) && areVariables((List<?>) value);
    };
  }

  private static boolean areTexts(List<?> words) {
    for (Object word : words) {
      if (!(word instanceof String)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPath(String text) {
    try {
      Path unused = Path.of(text);
      return true;
    } catch (InvalidPathException e) {
      return false; // As the answer says.
    }
  }

  private static boolean areVariables(List<?> words) {
    for (Object word : words) {
      if (((String) word).indexOf('=') <= 0) {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.copyOf(Arrays.asList(text.strip().split("\\s+")));
  }

  /**
   * Writes a value as a message shows it.
   *
   * @param value of any setting
   * @return as in a system property where it is a policy
   */
  static String text(Object value) {
    return value instanceof SaturationPolicy policy ? policy.key() : String.valueOf(value);
  }
}

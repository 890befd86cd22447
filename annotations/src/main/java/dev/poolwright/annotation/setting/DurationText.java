package dev.poolwright.annotation.setting;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the durations accepted in annotations and system properties: {@code "500ms"}, {@code
 * "5s"}, {@code "2m"}, {@code "1h"}, or ISO-8601 such as {@code "PT1.5S"}. Shared, so that compiler
 * and runtime accept the same texts.
 */
public final class DurationText {

  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,18})(ms|s|m|h)");

  private DurationText() {}

  /**
   * Parses a duration.
   *
   * @param text a positive duration
   * @return the duration, more than zero
   * @throws IllegalArgumentException if {@code text} is not a duration; the message names the forms
   *     allowed
   * @throws IllegalArgumentException if the duration is zero or negative
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a positive duration");
    }
    return duration;
  }

  private static Duration read(String text) {
    Matcher simple = SIMPLE.matcher(text);
    try {
      if (simple.matches()) {
        long amount = Long.parseLong(simple.group(1));
        return switch (simple.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
      }
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a duration; write 500ms, 5s, 2m, 1h or ISO-8601 as PT1.5S", e);
    }
  }
}

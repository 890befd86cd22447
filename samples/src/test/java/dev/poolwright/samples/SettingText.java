package dev.poolwright.samples;

import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The value of a setting as the documentation writes it. */
final class SettingText {

  private SettingText() {}

  static String of(Object value) {
    if (value instanceof Duration duration) {
      return duration.isZero() ? "none" : duration.toSeconds() + "s";
    }
    if (value instanceof SaturationPolicy policy) {
      return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Number number) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    return value.equals("") || value.equals(List.of()) ? "none" : value.toString();
  }
}

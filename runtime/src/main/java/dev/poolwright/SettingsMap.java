package dev.poolwright;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The explicit settings of one named pool, checked one by one.
 *
 * @param pool the pool's name, checked
 * @param values unmodifiable
 */
record SettingsMap(String pool, Map<PoolSetting, Object> values) {

  private static final int MOST_CHARACTERS = 64;

  static SettingsMap named(String pool) {
    if (!isName(pool)) {
      throw new IllegalArgumentException(
          "pool name is \""
              + pool
              + "\"; must be 1 to 64 letters, digits, '_', '-' and '.' without spaces");
    }
    return new SettingsMap(pool, Map.of());
  }

  private static boolean isName(String text) {
    boolean isName = !text.isEmpty() && text.length() <= MOST_CHARACTERS;
    for (int i = 0; i < text.length() && isName; i++) {
      char c = text.charAt(i);
      isName = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }
    return isName;
  }

  SettingsMap with(PoolSetting setting, Object value) {
    Map<PoolSetting, Object> more = new EnumMap<>(PoolSetting.class);
    more.putAll(values);
    try {
      more.put(setting, setting.checked(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pool \"" + pool + "\": " + e.getMessage(), e);
    }
    return new SettingsMap(pool, Collections.unmodifiableMap(more));
  }
}

package dev.poolwright;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The explicit settings of one named pool, checked one by one.
 *
 * @param pool the pool's name, checked
 * @param values unmodifiable
 */
record SettingsMap(String pool, Map<PoolSetting, Object> values) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  static SettingsMap named(String pool) {
    if (!NAME.matcher(pool).matches()) {
      throw new IllegalArgumentException(
          "pool name is \""
              + pool
              + "\"; must be 1 to 64 letters, digits, '_', '-' and '.' without spaces");
    }
    return new SettingsMap(pool, Map.of());
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

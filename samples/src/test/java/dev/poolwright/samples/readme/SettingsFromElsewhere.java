package dev.poolwright.samples.readme;

import dev.poolwright.PoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.setting.PoolSetting;
import java.util.Properties;

/** Pools whose settings come from a file. */
final class SettingsFromElsewhere {

  private SettingsFromElsewhere() {}

  static Pools pools(Properties properties) {
    PoolConfig config = ThreadPoolConfig.named("io");
    for (PoolSetting setting : PoolSetting.values()) {
      String text = properties.getProperty("io." + setting.key());
      if (text != null) {
        config = config.set(setting, setting.read(config.kind(), text));
      }
    }
    return Pools.builder().pool(config).build();
  }
}

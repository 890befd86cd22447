package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.PoolSetting;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Holds the metadata of properties, from which editors complete them, to the table of settings;
 * {@code -Dmetadata.update=true} writes it.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class MetadataTest {

  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

  @Test
  void theMetadataHaveEverySetting() throws IOException {
    List<String> all = new ArrayList<>();
    all.add(
        property(
            "poolwright.grace",
            "java.time.Duration",
            "how long accepted tasks may take when the application ends, before they are stopped",
            "30s"));
    all.add(
        property(
            "poolwright.kind",
            PoolKind.class.getName(),
            "kind of the pools whose kind is given nowhere",
            "thread"));
    all.add(
        property(
            "poolwright.pools",
            "java.util.Map<java.lang.String,dev.poolwright.spring.PoolKeys>",
            "settings of pools by their names",
            null));
    all.add(
        property(
            "management.health.poolwright.enabled",
            "java.lang.Boolean",
            "whether the health of the application has that of the pools",
            "true"));
    types()
        .forEach(
            (key, type) ->
                all.add(property("poolwright.pools.default." + key, type, of(key), null)));
    String text = "{\"properties\": [\n  " + String.join(",\n  ", all) + "\n]}\n";
    if (Boolean.getBoolean("metadata.update")) {
      Files.writeString(FILE, text);
    }
    assertThat(FILE).content().isEqualTo(text);
  }

  @Test
  void thePropertiesOfAPoolAreItsSettings() {
    Map<String, String> found = new LinkedHashMap<>();
    for (RecordComponent each : PoolKeys.class.getRecordComponents()) {
      String key = each.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      found.put(key, each.getGenericType().getTypeName());
    }
    assertThat(found).containsExactlyEntriesOf(types());
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("kind", PoolKind.class.getName());
    for (PoolSetting setting : PoolSetting.values()) {
      Class<?> type = setting.range(setting.kinds().iterator().next()).form().type();
      types.put(setting.key(), type.getName() + (type == List.class ? "<java.lang.String>" : ""));
    }
    return types;
  }

  private static String of(String key) {
    for (PoolSetting setting : PoolSetting.values()) {
      if (setting.key().equals(key)) {
        return setting.meaning();
      }
    }
    return "what the workers are";
  }

  private static String property(String name, String type, String meaning, @Nullable String value) {
    return "{\"name\": \"%s\", \"type\": \"%s\", \"description\": \"%s.\"%s}"
        .formatted(
            name,
            type,
            Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1).replace("\"", "\\\""),
            value == null ? "" : ", \"defaultValue\": \"" + value + "\"");
  }
}

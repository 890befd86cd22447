package dev.poolwright.spring;

import dev.poolwright.Pools;
import dev.poolwright.annotation.setting.PoolSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What the property sources of an application say of pools. Names are relaxed as those of Boot are:
 * {@code max-workers}, {@code maxWorkers} and {@code POOLWRIGHT_POOLS_IO_MAXWORKERS} are the same.
 */
final class ApplicationProperties {

  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of("poolwright.pools");

  private static final String KIND = "poolwright.kind";
  private static final String VIRTUAL = "spring.threads.virtual.enabled";

  /** A value, or the elements of a list, and the place of the first. */
  private record Text(String value, String origin) {
    Text and(Text more) {
      return new Text(value + " " + more.value, origin);
    }
  }

  /** The rest of a property's name as the runtime spells it, by its letters and digits alone. */
  private final Map<String, String> names = new HashMap<>();

  ApplicationProperties(Set<String> pools) {
    List<String> keys =
        Stream.concat(Stream.of("kind"), Arrays.stream(PoolSetting.values()).map(PoolSetting::key))
            .toList();
    for (String pool : pools) {
      keys.forEach(key -> names.put(uniform(pool + key), pool + "." + key));
    }
  }

  private static String uniform(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Gives a builder all of it but system properties, which it reads by itself. */
  void addTo(Pools.Builder builder, ConfigurableEnvironment environment) {
    if (isVirtualAsked(environment)) {
      builder.properties(VIRTUAL, Map.of(KIND, "virtual"));
    }
    String kind = environment.getProperty(KIND);
    if (kind != null) {
      builder.properties("the application's properties", Map.of(KIND, kind));
    }
    List<ConfigurationPropertySource> sources = new ArrayList<>();
    ConfigurationPropertySources.from(environment.getPropertySources()).forEach(sources::add);
    Collections.reverse(sources); // weakest first
    for (ConfigurationPropertySource source : sources) {
      if (source instanceof IterableConfigurationPropertySource all && !isSystem(source)) {
        add(all, builder, environment);
      }
    }
  }

  /** As Boot's {@code Threading} has it, which is in other packages before Boot 4. */
  private static boolean isVirtualAsked(ConfigurableEnvironment environment) {
    return Runtime.version().feature() >= 21
        && environment.getProperty(VIRTUAL, Boolean.class, false);
  }

  private static boolean isSystem(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> underlying
        && underlying.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
  }

  private void add(
      IterableConfigurationPropertySource source,
      Pools.Builder builder,
      ConfigurableEnvironment environment) {
    Map<String, Text> texts = new TreeMap<>();
    for (ConfigurationPropertyName name : source.filter(PREFIX::isAncestorOf)) {
      ConfigurationProperty property = source.getConfigurationProperty(name);
      if (property != null) {
        String text = environment.resolvePlaceholders(String.valueOf(property.getValue()));
        texts.merge(spelled(name), new Text(text, origin(property, source)), Text::and);
      }
    }
    texts.forEach((name, text) -> builder.properties(text.origin(), Map.of(name, text.value())));
  }

  /** As the runtime spells it; what it does not know stays as it is, so that it is told so. */
  private String spelled(ConfigurationPropertyName name) {
    ConfigurationPropertyName whole = name.isLastElementIndexed() ? name.getParent() : name;
    StringBuilder rest = new StringBuilder();
    for (int i = PREFIX.getNumberOfElements(); i < whole.getNumberOfElements(); i++) {
      rest.append(rest.isEmpty() ? "" : ".").append(whole.getElement(i, Form.ORIGINAL));
    }
    return PREFIX + "." + names.getOrDefault(uniform(rest.toString()), rest.toString());
  }

  private static String origin(
      ConfigurationProperty property, IterableConfigurationPropertySource source) {
    if (property.getOrigin() != null) {
      return property.getOrigin().toString();
    }
    return source.getUnderlyingSource() instanceof PropertySource<?> underlying
        ? underlying.getName()
        : source.toString();
  }
}

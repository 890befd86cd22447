package dev.poolwright.hazelcast;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;
import java.util.function.BiConsumer;

/** What callers and nodes tell Hazelcast alike. */
final class HazelcastSettings {
  /** Runs the calls of a node, which wait there for their outcome. */
  static final String CALLS = "poolwright.calls";

  /** Takes greetings and interrupts, past the calls. */
  static final String ORDERS = "poolwright.orders";

  /** A node tells the callers of their runs by one topic for each. */
  static final String TOPIC = "poolwright.to.";

  private HazelcastSettings() {}

  /** Only bytes of ours are read: neither objects of Java nor compact ones. */
  static void close(SerializationConfig serialization) {
    serialization.addDataSerializableFactory(NodeMessage.FACTORY, NodeMessage.factory());
    serialization.setJavaSerializationFilterConfig(nothing());
    serialization.getCompactSerializationConfig().setZeroConfigFilter(nothing());
  }

  /** An empty list would allow everything. */
  private static JavaSerializationFilterConfig nothing() {
    ClassFilter none = new ClassFilter();
    none.addClasses("dev.poolwright.hazelcast.Nothing");
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.setWhitelist(none);
    return filter;
  }

  /** Sets a property of Hazelcast, unless the JVM has one of that name. */
  static void set(BiConsumer<String, String> properties, String name, String value) {
    if (System.getProperty(name) == null) {
      properties.accept(name, value);
    }
  }

  /** Properties that callers and nodes have in common. */
  static void quiet(BiConsumer<String, String> properties) {
    set(properties, "hazelcast.phone.home.enabled", "false");
    set(properties, "hazelcast.shutdownhook.enabled", "false");
    set(properties, "hazelcast.metrics.enabled", "false");
    set(properties, "hazelcast.health.monitoring.level", "OFF");
    set(properties, "hazelcast.logging.type", "jdk");
  }
}

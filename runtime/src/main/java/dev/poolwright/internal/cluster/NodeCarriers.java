package dev.poolwright.internal.cluster;

import dev.poolwright.ContextCarrier;
import dev.poolwright.internal.life.Carrier;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Snapshot;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of context of a node, each made when a call first brings something for it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class NodeCarriers {
  private final ClassLoader loader;

  /** By class; empty for one that cannot be made. */
  private final Map<String, Optional<Carrier>> known = new ConcurrentHashMap<>();

  NodeCarriers(ClassLoader loader) {
    this.loader = loader;
  }

  /** What came with a call; null when there is nobody here to set it. */
  @Nullable Snapshot imported(Map<String, Map<String, String>> context) {
    if (context.isEmpty()) {
      return null;
    }
    List<Snapshot.Value> entries = new ArrayList<>(context.size());
    context.forEach(
        (className, fields) -> {
          Carrier carrier = known.computeIfAbsent(className, this::make).orElse(null);
          Object captured = carrier == null ? null : carrier.imported(fields);
          if (carrier != null && captured != null) {
            entries.add(new Snapshot.Value(carrier, captured));
          }
        });
    return entries.isEmpty() ? null : new Snapshot(entries);
  }

  private Optional<Carrier> make(String className) {
    try {
      Constructor<? extends ContextCarrier> constructor =
          Class.forName(className, false, loader)
              .asSubclass(ContextCarrier.class)
              .getDeclaredConstructor();
      constructor.setAccessible(true);
      return Optional.of(new Carrier(constructor.newInstance()));
    } catch (Throwable e) {
      Guard.log(Level.WARNING, "context carrier " + className + " cannot be made in a node", e);
      return Optional.empty();
    }
  }
}

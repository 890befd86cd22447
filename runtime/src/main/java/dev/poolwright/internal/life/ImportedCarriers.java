package dev.poolwright.internal.life;

import dev.poolwright.ContextCarrier;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of context of a JVM that runs the calls of others, each made when a call first
 * brings something for it.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class ImportedCarriers {
  private final ClassLoader loader;
  private final String where;

  /** By class; empty for one that cannot be made. */
  private final Map<String, Optional<Carrier>> known = new ConcurrentHashMap<>();

  /**
   * None made.
   *
   * @param loader finds their classes
   * @param where they are, for the log: a worker
   */
  public ImportedCarriers(ClassLoader loader, String where) {
    this.loader = loader;
    this.where = where;
  }

  /** What came with a call; null when there is nobody here to set it. */
  public @Nullable Snapshot imported(Map<String, Map<String, String>> context) {
    if (context.isEmpty()) {
      return null;
    }
    List<Snapshot.Value> entries = new ArrayList<>(context.size());
    context.forEach(
        (className, fields) -> {
          Carrier carrier = carrier(className);
          Object captured = carrier == null ? null : carrier.imported(fields);
          if (carrier != null && captured != null) {
            entries.add(new Snapshot.Value(carrier, captured));
          }
        });
    return entries.isEmpty() ? null : new Snapshot(entries);
  }

  /** Made without a lock: it is foreign code. */
  private @Nullable Carrier carrier(String className) {
    Optional<Carrier> found = known.get(className);
    if (found == null) {
      Optional<Carrier> made = make(className);
      Optional<Carrier> before = known.putIfAbsent(className, made);
      found = before == null ? made : before;
    }
    return found.orElse(null);
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
      Guard.log(Level.WARNING, "context carrier " + className + " cannot be made in " + where, e);
      return Optional.empty();
    }
  }
}

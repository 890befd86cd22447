package dev.poolwright.internal.worker;

import dev.poolwright.ContextCarrier;
import dev.poolwright.internal.life.Carrier;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Snapshot;
import dev.poolwright.spi.Call;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of context of a worker JVM, each made when a call first brings something for it.
 *
 * <p><b>Threads:</b> confined to the running thread.
 */
final class WorkerCarriers {

  /** By class; null for one that cannot be made. */
  private final Map<String, @Nullable Carrier> known = new HashMap<>();

  /** What came with a call; null when there is nobody here to set it. */
  @Nullable Snapshot imported(Map<String, Map<String, String>> context) {
    List<Snapshot.Value> entries = new ArrayList<>(context.size());
    context.forEach(
        (className, fields) -> {
          if (!known.containsKey(className)) {
            known.put(className, make(className));
          }
          Carrier carrier = known.get(className);
          Object captured = carrier == null ? null : carrier.imported(fields);
          if (carrier != null && captured != null) {
            entries.add(new Snapshot.Value(carrier, captured));
          }
        });
    return entries.isEmpty() ? null : new Snapshot(entries);
  }

  private static @Nullable Carrier make(String className) {
    try {
      Class<?> type = Class.forName(className, true, ClassLoader.getSystemClassLoader());
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return new Carrier((ContextCarrier) constructor.newInstance());
    } catch (Throwable e) {
      Guard.log(Level.WARNING, "context carrier " + className + " cannot be made in a worker", e);
      return null;
    }
  }

  /** Runs a call in a context. */
  @SuppressWarnings("NullAway") // Calls of static methods do not look at their target.
  static @Nullable Object call(Snapshot context, Call<Object, Object> call, Object target)
      throws Throwable {
    return context.<@Nullable Object>call(() -> call.on(target));
  }
}

package dev.poolwright.internal.life;

import dev.poolwright.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The carriers of context of some pools.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Carriers {

  /** Nothing is captured, at no cost. */
  public static final Carriers NONE = new Carriers(List.of());

  private final List<Carrier> all;

  private Carriers(List<Carrier> all) {
    this.all = all;
  }

  /**
   * Those that code gave, and those found by the service loader that are of other classes.
   *
   * @param given in order, the outermost first
   * @param loader where the others are looked for
   */
  public static Carriers of(List<ContextCarrier> given, ClassLoader loader) {
    List<ContextCarrier> codes = Services.with(given, ContextCarrier.class, loader);
    return codes.isEmpty() ? NONE : new Carriers(codes.stream().map(Carrier::new).toList());
  }

  /** What is set on the calling thread; null for nothing. */
  public @Nullable Snapshot capture() {
    return all.isEmpty() ? null : captureAll();
  }

  private @Nullable Snapshot captureAll() {
    List<Snapshot.Value> entries = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      Carrier carrier = all.get(i);
      Object captured = carrier.capture();
      if (captured != null) {
        entries.add(new Snapshot.Value(carrier, captured));
      }
    }
    return entries.isEmpty() ? null : new Snapshot(entries);
  }
}

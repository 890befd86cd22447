package dev.poolwright.internal.flight;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolStats;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The flight recorder of this JVM, as some pools see it. As long as nobody has started it, it costs
 * one look at a field for each task.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Recorder {

  /** A JVM may have been built without it. */
  private static final boolean IS_THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  // Set once, before anything is submitted.
  private @Nullable Supplier<List<PoolStats>> stats;

  // Set once, by whoever first sees that the recorder was started.
  private volatile @Nullable FlightListener listener;

  @GuardedBy("this")
  private boolean isClosed;

  /**
   * Says where the figures of the pools are.
   *
   * @param figures asked for once a second while that is recorded
   */
  public void watch(Supplier<List<PoolStats>> figures) {
    stats = figures;
  }

  /** Whether anything of ours is recorded. */
  public boolean isOn() {
    FlightListener known = listener;
    if (known == null && IS_THERE && FlightRecorder.isInitialized()) {
      known = listen();
    }
    return known != null && known.isOn();
  }

  private synchronized @Nullable FlightListener listen() {
    FlightListener known = listener;
    if (known == null && !isClosed) {
      known = new FlightListener(Objects.requireNonNullElse(stats, List::of));
      listener = known;
    }
    return known;
  }

  /** What records; null when nobody has started the recorder. */
  public @Nullable PoolListener listener() {
    return listener;
  }

  /** The pools have ended. A second call does nothing. */
  public void close() {
    FlightListener known;
    synchronized (this) {
      isClosed = true;
      known = listener;
    }
    if (known != null) {
      known.close();
    }
  }
}

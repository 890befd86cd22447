package dev.poolwright.context;

import dev.poolwright.ContextCarrier;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries every value for which Micrometer's context-propagation has a {@code ThreadLocalAccessor}:
 * observations, security, locale and anything else that the application registers. These values are
 * objects, so they are not sent to worker JVMs.
 */
public final class ThreadLocalsCarrier implements ContextCarrier {

  private static final boolean IS_THERE =
      Libraries.has("io.micrometer.context.ContextSnapshotFactory");

  /** For the service loader. */
  public ThreadLocalsCarrier() {}

  @Override
  public String name() {
    return "context-propagation";
  }

  @Override
  public @Nullable Object capture() {
    return IS_THERE ? Captured.capture() : null;
  }

  @Override
  public void around(Object captured, Runnable run) {
    Captured.around(captured, run);
  }

  /** Loaded where the library is. */
  private static final class Captured {

    private static final ContextSnapshotFactory FACTORY =
        ContextSnapshotFactory.builder().clearMissing(true).build();

    private Captured() {}

    static Object capture() {
      return FACTORY.captureAll();
    }

    @SuppressWarnings("try") // They are set until it is closed.
    static void around(Object captured, Runnable run) {
      try (ContextSnapshot.Scope unused = ((ContextSnapshot) captured).setThreadLocals()) {
        run.run();
      }
    }
  }
}

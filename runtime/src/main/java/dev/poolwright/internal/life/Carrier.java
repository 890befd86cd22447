package dev.poolwright.internal.life;

import dev.poolwright.ContextCarrier;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One carrier of context, which is foreign code: nothing that it throws gets out of here but in the
 * log, and there once.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Carrier {

  private final ContextCarrier code;
  private final AtomicBoolean isNamed = new AtomicBoolean();

  Carrier(ContextCarrier code) {
    this.code = code;
  }

  /** Binary name of its class, by which a worker JVM makes its own. */
  String className() {
    return code.getClass().getName();
  }

  /** What is set on the calling thread; null for nothing. */
  @Nullable Object capture() {
    try {
      return code.capture();
    } catch (Throwable e) {
      misbehaved("failed to capture the context", e);
      return null;
    }
  }

  /** Runs something in a context; it may not run at all. */
  void around(Object captured, Runnable run) {
    try {
      code.around(captured, run);
    } catch (Throwable e) {
      misbehaved("failed around a run", e);
    }
  }

  /** What was captured, as text; empty when none of it can travel. */
  Map<String, String> export(Object captured) {
    try {
      Map<String, String> fields = Map.copyOf(code.export(captured));
      if (!fields.isEmpty() && !canBeMadeElsewhere()) {
        misbehaved("stays in this JVM, since a worker JVM cannot make a " + className(), null);
        return Map.of();
      }
      return fields;
    } catch (Throwable e) {
      misbehaved("failed to export the context", e);
      return Map.of();
    }
  }

  private boolean canBeMadeElsewhere() {
    try {
      Objects.requireNonNull(code.getClass().getDeclaredConstructor());
      return !code.getClass().isHidden();
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** What another JVM wrote, as what can be set here; null for nothing. */
  @Nullable Object imported(Map<String, String> fields) {
    try {
      return code.imported(fields);
    } catch (Throwable e) {
      misbehaved("failed to import the context", e);
      return null;
    }
  }

  /** Names the carrier in the log, once. */
  void misbehaved(String how, @Nullable Throwable thrown) {
    if (!isNamed.getAndSet(true)) {
      Guard.log(Level.WARNING, "context carrier \"" + name() + "\" " + how, thrown);
    }
  }

  private String name() {
    try {
      return code.name();
    } catch (Throwable e) {
      return className();
    }
  }
}

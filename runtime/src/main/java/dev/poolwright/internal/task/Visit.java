package dev.poolwright.internal.task;

import org.jspecify.annotations.Nullable;

/**
 * A thread that is none of an engine's own works for it until it is back: it runs a task in the
 * call that submits it, or ends one from outside, with its stages and callbacks. Visits nest, also
 * between engines.
 *
 * <p><b>Threads:</b> confined to the visiting thread.
 *
 * @param engine that it works for
 * @param outer the visit within which this one is
 */
record Visit(Engine engine, @Nullable Visit outer) {

  private static final ThreadLocal<@Nullable Visit> CURRENT = new ThreadLocal<>();

  /** The calling thread works for an engine from here on, until {@link #end}. */
  static Visit begin(Engine engine) {
    Visit visit = new Visit(engine, CURRENT.get());
    CURRENT.set(visit);
    return visit;
  }

  void end() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Whether the calling thread works for an engine. */
  static boolean isAt(Engine engine) {
    Visit visit = CURRENT.get();
    while (visit != null && visit.engine != engine) {
      visit = visit.outer;
    }
    return visit != null;
  }
}

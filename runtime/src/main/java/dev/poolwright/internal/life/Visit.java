package dev.poolwright.internal.life;

import org.jspecify.annotations.Nullable;

/**
 * A thread that is none of an engine's own works for it until it is back: it runs a task in the
 * call that submits it, or ends one from outside, with its stages and callbacks. Visits nest, also
 * between engines.
 *
 * <p><b>Threads:</b> confined to the visiting thread.
 *
 * @param life that it works for
 * @param outer the visit within which this one is
 */
public record Visit(Life life, @Nullable Visit outer) {

  private static final ThreadLocal<@Nullable Visit> CURRENT = new ThreadLocal<>();

  /** The calling thread works for an life from here on, until {@link #end}. */
  public static Visit begin(Life life) {
    Visit visit = new Visit(life, CURRENT.get());
    CURRENT.set(visit);
    return visit;
  }

  public void end() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Whether the calling thread works for an life. */
  static boolean isAt(Life life) {
    Visit visit = CURRENT.get();
    while (visit != null && visit.life != life) {
      visit = visit.outer;
    }
    return visit != null;
  }
}

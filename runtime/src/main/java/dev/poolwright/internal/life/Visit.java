package dev.poolwright.internal.life;

import org.jspecify.annotations.Nullable;

/**
 * A thread that is no {@link OwnThread} of an engine works for it until it is back: it runs a task
 * in the call that submits it, or ends one from outside, with its stages and callbacks; a virtual
 * thread that is a worker works for it to its end. Visits nest, also between engines.
 *
 * <p><b>Threads:</b> confined to the visiting thread.
 *
 * @param life that it works for
 * @param outer the visit within which this one is
 * @param worker what the thread is; null for a visitor
 */
public record Visit(Life life, @Nullable Visit outer, @Nullable Lender worker) {

  private static final ThreadLocal<@Nullable Visit> CURRENT = new ThreadLocal<>();

  /** The calling thread works for an life from here on, until {@link #end}. */
  public static Visit begin(Life life) {
    Visit visit = new Visit(life, CURRENT.get(), null);
    CURRENT.set(visit);
    return visit;
  }

  /** The calling thread is a worker to its end. A second call does nothing. */
  public static void stay(Life life, Lender worker) {
    if (CURRENT.get() == null) {
      CURRENT.set(new Visit(life, null, worker));
    }
  }

  /** It is over. The thread's entry stays, empty: a new one for each visit would cost more. */
  public void end() {
    CURRENT.set(outer);
  }

  /** Whether the calling thread works for an life. */
  static boolean isAt(Life life) {
    Visit visit = CURRENT.get();
    while (visit != null && visit.life != life) {
      visit = visit.outer;
    }
    return visit != null;
  }

  /**
   * What the calling thread is to a life; null for a visitor, and a thread that it does not know.
   */
  static @Nullable Lender worker(Life life) {
    for (Visit visit = CURRENT.get(); visit != null; visit = visit.outer) {
      if (visit.worker != null && visit.life == life) {
        return visit.worker;
      }
    }
    return null;
  }
}

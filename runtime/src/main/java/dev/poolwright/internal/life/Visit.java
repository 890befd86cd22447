package dev.poolwright.internal.life;

import org.jspecify.annotations.Nullable;

/**
 * A thread that is no {@link OwnThread} of an engine works for it until it is back: it runs a task
 * in the call that submits it, or ends one from outside, with its stages and callbacks; a virtual
 * thread that is a worker works for it to its end. Visits nest, also between engines.
 *
 * <p><b>Threads:</b> confined to the visiting thread.
 */
public final class Visit {

  private static final ThreadLocal<@Nullable Visit> CURRENT = new ThreadLocal<>();

  private final Life life;
  private final @Nullable Visit outer;
  private final @Nullable Lender worker; // Null for a visitor.

  // The number of the watched task for which it acts.
  private long taskNumber;

  private Visit(Life life, @Nullable Visit outer, @Nullable Lender worker) {
    this.life = life;
    this.outer = outer;
    this.worker = worker;
  }

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

  /** As {@link OwnThread#actsFor(Life)}, for a thread that is none of the life's own. */
  static long actsFor(Life life) {
    Visit visit = at(life);
    return visit == null ? 0 : visit.taskNumber;
  }

  /** As {@link OwnThread#actsFor(Life, long)}, for a thread that is none of the life's own. */
  static long actsFor(Life life, long number) {
    Visit visit = at(life);
    if (visit == null) {
      return 0;
    }
    long before = visit.taskNumber;
    visit.taskNumber = number;
    return before;
  }

  /** Whether the calling thread works for an life. */
  static boolean isAt(Life life) {
    return at(life) != null;
  }

  private static @Nullable Visit at(Life life) {
    Visit visit = CURRENT.get();
    while (visit != null && visit.life != life) {
      visit = visit.outer;
    }
    return visit;
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

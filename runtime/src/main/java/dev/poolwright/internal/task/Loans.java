package dev.poolwright.internal.task;

/**
 * Workers that a pool may have beyond its most: one for each that waits for a task of the pool, and
 * those added against a stall. Guarded by the lock of the pool's crew.
 */
final class Loans {

  private static final int MOST = 256;

  private final EnginePool pool;

  /** Workers that wait for a task of this pool. */
  private int lent;

  /** Workers added against a stall. */
  private int extra;

  Loans(EnginePool pool) {
    this.pool = pool;
  }

  int lent() {
    return lent;
  }

  int sum() {
    return lent + extra;
  }

  void lend() {
    if (lent >= MOST) {
      String wait = MOST + " workers wait already for tasks of their own pool (at most " + MOST;
      throw new IllegalStateException(
          pool + ": " + wait + "); use thenCompose, Tasks.allOf or another pool");
    }
    lent++;
  }

  void giveBack() {
    lent--;
  }

  /** Adds a worker against a stall, or takes all such ones back. */
  void stalled(boolean isStalled) {
    extra = isStalled ? Math.min(extra + 1, MOST) : 0;
  }
}

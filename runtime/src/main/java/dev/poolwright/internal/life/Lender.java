package dev.poolwright.internal.life;

import org.jspecify.annotations.Nullable;

/** What works for the pools of one life, and may lend its place to another while it waits. */
public interface Lender {

  /**
   * The calling thread, which is this one, is about to wait for a task of a pool: it lends its
   * place where the task might never run otherwise.
   *
   * @return what gives the place back; null when there is nothing to lend
   */
  @Nullable Runnable lendPlace(WaitGraph.Place awaited);
}

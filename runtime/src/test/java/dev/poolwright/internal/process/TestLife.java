package dev.poolwright.internal.process;

import dev.poolwright.internal.life.Closing;
import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;

/** What pools share, for what needs no pool. */
public final class TestLife implements AutoCloseable {
  private final Life life =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  public Deadlines deadlines() {
    return life.deadlines();
  }

  @Override
  public void close() {
    life.shutdownNow();
    Closing.awaitEnd(life::shutdownNow, life::awaitTermination);
  }
}

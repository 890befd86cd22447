package dev.poolwright.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.internal.life.Deadlines;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import java.util.concurrent.TimeUnit;

/** What pools share, for what needs no pool. */
final class TestLife implements AutoCloseable {
  private final Life life =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());

  Deadlines deadlines() {
    return life.deadlines();
  }

  @Override
  public void close() throws InterruptedException {
    life.shutdownNow();
    assertThat(life.awaitTermination(TimeUnit.SECONDS.toNanos(10))).isTrue();
  }
}

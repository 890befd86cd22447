package dev.poolwright.internal.registry;

import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.internal.life.Closing;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.time.Nanos;
import java.time.Duration;
import java.util.Objects;

/** Pools that live and end together, however they are found by name. */
abstract class EnginePools implements Pools {

  final Life life;

  EnginePools(Life life) {
    this.life = life;
  }

  @Override
  public final PoolListener.Registration listen(PoolListener listener) {
    return life.listeners().add(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public final void shutdown() {
    life.shutdown();
  }

  @Override
  public final void shutdownNow() {
    life.shutdownNow();
  }

  @Override
  public final boolean awaitTermination(Duration timeout) throws InterruptedException {
    return life.awaitTermination(Nanos.of(timeout));
  }

  @Override
  public final void close() {
    Closing.refuseInsider(life, "Pools");
    life.shutdown();
    Closing.awaitEnd(life::shutdownNow, life::awaitTermination);
  }

  @Override
  public final void close(Duration grace) {
    Closing.close(life, grace);
  }
}

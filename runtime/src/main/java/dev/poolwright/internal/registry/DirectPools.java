package dev.poolwright.internal.registry;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.parcel.Parcels;
import dev.poolwright.internal.pool.DirectRunner;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pools of every name, each of which runs its tasks on the thread that submits them. */
final class DirectPools extends EnginePools implements CallSite.Opener {

  private final @Nullable Consumer<? super Pools.Step> steps;
  private final Map<String, PoolSettings> copied;
  private final Map<String, EnginePool> pools = new ConcurrentHashMap<>();

  /**
   * No pools yet.
   *
   * @param life what they share
   * @param steps is given what is to be run by hand; null where tasks run at once
   * @param copied the pools whose calls are copied
   */
  DirectPools(
      Life life, @Nullable Consumer<? super Pools.Step> steps, Map<String, PoolSettings> copied) {
    super(life);
    this.steps = steps;
    this.copied = copied;
    life.listeners().watch(() -> pools.values().stream().map(Pool::stats).toList());
  }

  @Override
  public Pool pool(String name) {
    return direct(name);
  }

  private EnginePool direct(String name) {
    return pools.computeIfAbsent(name, this::create);
  }

  private EnginePool create(String name) {
    PoolSettings settings = new PoolSettings(name, PoolKind.THREAD, Map.of());
    PoolSettings ofProcesses = copied.get(name);
    Payloads payloads = ofProcesses == null ? null : Parcels.payloads(ofProcesses);
    EnginePool pool = new EnginePool(life, settings, new DirectRunner(steps, payloads));
    life.add(pool);
    return pool;
  }

  @Override
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    return direct(spec.pool()).open(spec);
  }

  @Override
  public Set<String> names() {
    return new TreeSet<>(pools.keySet());
  }
}

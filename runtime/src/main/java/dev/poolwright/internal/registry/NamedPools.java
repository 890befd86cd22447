package dev.poolwright.internal.registry;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.process.ProcessPool;
import dev.poolwright.internal.task.Closing;
import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.EnginePool;
import dev.poolwright.internal.task.ExitPlan;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.thread.ThreadPool;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The named pools of an application, and their life together. */
final class NamedPools implements Pools, CallSite.Opener {

  private final Configuration configuration;
  private final Engine engine;
  private final SortedMap<String, EnginePool> pools = new TreeMap<>();

  NamedPools(
      Configuration configuration,
      Consumer<? super UnobservedFailure> handler,
      ExitPlan exit,
      ClassLoader loader) {
    this.configuration = configuration;
    this.engine = new Engine(handler, exit, loader);
    for (PoolSettings settings : configuration.pools().values()) {
      EnginePool pool = create(settings);
      pools.put(settings.name(), pool);
      engine.add(pool);
    }
    prestart();
  }

  private void prestart() {
    try {
      pools.values().forEach(EnginePool::prestart);
    } catch (Throwable e) {
      engine.shutdownNow();
      throw e;
    }
  }

  private EnginePool create(PoolSettings settings) {
    return settings.kind() == PoolKind.PROCESS
        ? new ProcessPool(engine, settings)
        : new ThreadPool(engine, settings);
  }

  @Override
  public Pool pool(String name) {
    return known(name);
  }

  private EnginePool known(String name) {
    EnginePool pool = pools.get(name);
    if (pool == null) {
      throw configuration.unknown(name);
    }
    return pool;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(pools.keySet());
  }

  @Override
  public <T> CallSite<T> open(CallSiteSpec<T> spec) {
    return known(spec.pool()).open(spec);
  }

  @Override
  public void shutdown() {
    engine.shutdown();
  }

  @Override
  public void shutdownNow() {
    engine.shutdownNow();
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return engine.awaitTermination(TimeUnit.NANOSECONDS.convert(timeout));
  }

  @Override
  public void close() {
    Closing.refuseInsider(engine, "Pools");
    engine.shutdown();
    Closing.awaitEnd(engine::shutdownNow, engine::awaitTermination);
  }

  @Override
  public void close(Duration grace) {
    Closing.close(engine, grace);
  }
}

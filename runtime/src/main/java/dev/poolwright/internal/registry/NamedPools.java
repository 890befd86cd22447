package dev.poolwright.internal.registry;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.process.ProcessPool;
import dev.poolwright.internal.task.Closing;
import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.EnginePool;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.thread.ThreadPool;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The named pools of an application, and their life together. */
final class NamedPools implements Pools, CallSite.Opener {

  /** How long tasks that were stopped may take to end before close gives up on them. */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Configuration configuration;
  private final Engine engine;
  private final SortedMap<String, EnginePool> pools = new TreeMap<>();

  NamedPools(
      Configuration configuration,
      Consumer<? super UnobservedFailure> handler,
      ClassLoader loader) {
    this.configuration = configuration;
    this.engine = new Engine(handler);
    for (PoolSettings settings : configuration.pools().values()) {
      EnginePool pool = create(settings);
      pools.put(settings.name(), pool);
      engine.add(pool);
    }
    pools.values().forEach(EnginePool::prestart);
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
    Closing.refuseInsider(engine, "Pools");
    engine.shutdown();
    boolean isOver = false;
    boolean isInterrupted = false;
    try {
      isOver = awaitTermination(grace);
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (!isOver) {
      stop(grace);
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Duration grace) {
    List<String> unfinished = engine.unfinished();
    if (!unfinished.isEmpty()) {
      PoolsBuilder.LOG.log(
          Level.WARNING,
          "close stopped "
              + unfinished.size()
              + " tasks that were not done within "
              + grace
              + ": "
              + String.join(", ", unfinished));
    }
    engine.shutdownNow();
    try {
      if (!engine.awaitTermination(STOP_NANOS)) {
        PoolsBuilder.LOG.log(
            Level.WARNING,
            "still running after they were stopped: " + String.join(", ", engine.unfinished()));
        pools.values().forEach(EnginePool::endWorkers);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

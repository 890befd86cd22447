package dev.poolwright.internal.registry;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.task.Closing;
import dev.poolwright.internal.task.Engine;
import dev.poolwright.internal.task.EnginePool;
import dev.poolwright.internal.task.ExitPlan;
import dev.poolwright.internal.task.PoolSettings;
import dev.poolwright.internal.thread.DirectPool;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Pools of every name, each of which runs its tasks on the thread that submits them. */
final class DirectPools implements Pools, CallSite.Opener {

  private final Engine engine;
  private final Map<String, EnginePool> pools = new ConcurrentHashMap<>();

  DirectPools(Consumer<? super UnobservedFailure> handler) {
    this.engine = new Engine(handler, ExitPlan.DEFAULT, PoolsBuilder.contextClassLoader());
  }

  @Override
  public Pool pool(String name) {
    return direct(name);
  }

  private EnginePool direct(String name) {
    return pools.computeIfAbsent(name, this::create);
  }

  private EnginePool create(String name) {
    EnginePool pool = new DirectPool(engine, new PoolSettings(name, PoolKind.THREAD, Map.of()));
    engine.add(pool);
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

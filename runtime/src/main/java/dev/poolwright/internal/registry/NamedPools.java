package dev.poolwright.internal.registry;

import dev.poolwright.Pool;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.cluster.ClusterRunner;
import dev.poolwright.internal.cluster.NodeWorker;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.VirtualThreads;
import dev.poolwright.internal.pool.EnginePool;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.pool.Runner;
import dev.poolwright.internal.pool.ThreadRunner;
import dev.poolwright.internal.process.ProcessRunner;
import dev.poolwright.internal.process.start.MemoryBudget;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.CallSiteSpec;
import dev.poolwright.spi.ClusterTransport;
import dev.poolwright.spi.ClusterWorker;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The named pools of an application, and their life together. */
final class NamedPools extends EnginePools implements CallSite.Opener, ClusterWorker.NodeOpener {

  /** What a node does not run for others it runs for itself: it is not a caller too. */
  private final boolean isNode = Boolean.getBoolean(ClusterWorker.NODE_PROPERTY);

  private ClusterTransport.@Nullable Provider carrier; // Confined to the constructor.

  private final Configuration configuration;
  private final SortedMap<String, EnginePool> pools = new TreeMap<>();

  NamedPools(Configuration configuration, Life life) {
    super(life);
    this.configuration = configuration;
    for (PoolSettings settings : shared(configuration.pools().values())) {
      EnginePool pool = create(settings);
      pools.put(settings.name(), pool);
      life.add(pool);
    }
    life.listeners().watch(() -> pools.values().stream().map(Pool::stats).toList());
    noteVirtual();
    prestart();
  }

  private void noteVirtual() {
    List<String> names = new ArrayList<>();
    for (EnginePool pool : pools.values()) {
      if (pool.kind() == PoolKind.VIRTUAL) {
        names.add('"' + pool.name() + '"');
      }
    }
    String note = names.isEmpty() ? null : VirtualThreads.note();
    if (note != null) {
      Guard.log(Level.INFO, "virtual threads of pools " + String.join(", ", names) + ' ' + note);
    }
  }

  /** No pool of worker JVMs asks for memory, and there most often is none. */
  private static Collection<PoolSettings> shared(Collection<PoolSettings> all) {
    for (PoolSettings each : all) {
      if (each.kind() == PoolKind.PROCESS) {
        return MemoryBudget.own().share(all);
      }
    }
    return all;
  }

  private void prestart() {
    try {
      for (EnginePool pool : pools.values()) {
        pool.prestart();
      }
    } catch (Throwable e) {
      life.shutdownNow();
      throw e;
    }
  }

  private EnginePool create(PoolSettings settings) {
    Runner runner =
        switch (settings.kind()) {
          case THREAD, VIRTUAL -> new ThreadRunner();
          case PROCESS -> new ProcessRunner(life, settings);
          case CLUSTER ->
              isNode
                  ? new ThreadRunner()
                  : new ClusterRunner(life, settings, carrier(settings), life.loader());
        };
    return new EnginePool(life, settings, runner);
  }

  /** One for all pools, so that those of one cluster may share what connects them. */
  private ClusterTransport.Provider carrier(PoolSettings settings) {
    ClusterTransport.Provider found = carrier;
    if (found == null) {
      found = ClusterProviders.find(settings, life.loader());
      carrier = found;
    }
    return found;
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
  public ClusterWorker worker(Map<String, Integer> places, ClusterWorker.Host host) {
    Map<String, EnginePool> opened = new TreeMap<>();
    places.keySet().forEach(name -> opened.put(name, known(name)));
    return new NodeWorker(opened, places, host, life.loader(), life.clock());
  }
}

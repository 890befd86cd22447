package dev.poolwright.internal.registry;

import dev.poolwright.ContextCarrier;
import dev.poolwright.PoolConfig;
import dev.poolwright.PoolListener;
import dev.poolwright.Pools;
import dev.poolwright.Time;
import dev.poolwright.UnobservedFailure;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.internal.life.Carriers;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Guard;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.life.Listeners;
import dev.poolwright.internal.pool.PoolSettings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what code says of pools; what {@link Pools#builder()} finds. */
public final class PoolsBuilder implements Pools.Builder {

  private record Source(String name, Map<String, String> values) {}

  private final List<PoolConfig> configs = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private @Nullable Consumer<? super UnobservedFailure> handler;
  private final List<ContextCarrier> carriers = new ArrayList<>();
  private final List<PoolListener> listeners = new ArrayList<>();
  private boolean isHooked = ExitPlan.DEFAULT.isHooked();
  private Duration exitGrace = ExitPlan.DEFAULT.grace();
  private @Nullable Time time;
  private boolean isCopying;
  // Found now: names() and build() may be called on different threads, and must see the same pools.
  private ClassLoader loader = contextClassLoader();

  /** For the service loader. */
  public PoolsBuilder() {}

  @Override
  public Pools.Builder pool(PoolConfig config) {
    configs.add(Objects.requireNonNull(config, "config"));
    return this;
  }

  @Override
  public Pools.Builder properties(String source, Map<String, String> values) {
    sources.add(new Source(Objects.requireNonNull(source, "source"), Map.copyOf(values)));
    return this;
  }

  @Override
  public Pools.Builder classLoader(ClassLoader newLoader) {
    loader = Objects.requireNonNull(newLoader, "loader");
    return this;
  }

  @Override
  public Pools.Builder onUnobservedFailure(Consumer<? super UnobservedFailure> newHandler) {
    handler = Objects.requireNonNull(newHandler, "handler");
    return this;
  }

  @Override
  public Pools.Builder context(ContextCarrier carrier) {
    carriers.add(Objects.requireNonNull(carrier, "carrier"));
    return this;
  }

  @Override
  public Pools.Builder listener(PoolListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  @Override
  public Pools.Builder exitHook(boolean newIsHooked) {
    isHooked = newIsHooked;
    return this;
  }

  @Override
  public Pools.Builder exitGrace(Duration newGrace) {
    if (newGrace.isNegative()) {
      throw new IllegalArgumentException("exitGrace is " + newGrace + "; must be zero or more");
    }
    exitGrace = newGrace;
    return this;
  }

  @Override
  public Pools.Builder time(Time newTime) {
    time = Objects.requireNonNull(newTime, "time");
    return this;
  }

  @Override
  public Pools.Builder copying(boolean newIsCopying) {
    isCopying = newIsCopying;
    return this;
  }

  @Override
  public Set<String> names() {
    return Configuration.names(loader, configs);
  }

  @Override
  public void check() {
    Configuration unused = configuration();
  }

  @Override
  public Pools build() {
    Configuration configuration = configuration();
    for (String move : configuration.moves()) {
      Guard.log(Level.INFO, move);
    }
    Life life = life(new ExitPlan(isHooked, exitGrace), Thread::start);
    Pools pools = new NamedPools(configuration, life);
    life.accompany(pools);
    return pools;
  }

  @Override
  public Pools direct() {
    return new DirectPools(life(ExitPlan.DEFAULT, Thread::start), null, copied());
  }

  @Override
  public Pools direct(Consumer<? super Pools.Step> steps) {
    Objects.requireNonNull(steps, "steps");
    // What would run on threads of ours runs on those that cause it.
    Consumer<Thread> noThreads =
        thread -> {
          throw new IllegalStateException(
              thread.getName() + " is not started: there are no threads");
        };
    Life life = life(new ExitPlan(false, Duration.ZERO), noThreads);
    return new DirectPools(life, steps, copied());
  }

  private Life life(ExitPlan exit, Consumer<Thread> starter) {
    Carriers found = Carriers.of(carriers, loader);
    Listeners hear = Listeners.of(listeners, loader);
    return new Life(handler, exit, loader, starter, time, found, hear);
  }

  /** The pools whose calls are copied. */
  private Map<String, PoolSettings> copied() {
    Map<String, PoolSettings> all = new TreeMap<>();
    if (isCopying) {
      all.putAll(configuration().pools());
      all.values().removeIf(settings -> settings.kind() != PoolKind.PROCESS);
    }
    return all;
  }

  private Configuration configuration() {
    PoolProperties properties = new PoolProperties();
    for (Source source : sources) {
      properties.add(source.name(), source.values());
    }
    return Configuration.read(loader, configs, properties.addSystem(System.getProperties()));
  }

  static ClassLoader contextClassLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? ClassLoader.getSystemClassLoader() : context;
  }
}

package dev.poolwright.micrometer;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolStats;
import dev.poolwright.Pools;
import dev.poolwright.TaskEvent;
import dev.poolwright.WorkerView;
import dev.poolwright.annotation.PoolKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Binds meters of pools to registries:
 *
 * <pre>{@code
 * new PoolwrightMetrics(pools).bindTo(registry);
 * }</pre>
 *
 * <p>Their names, units and tags are in the README of this module.
 *
 * <p><b>Threads:</b> thread-safe. <b>Life cycle:</b> can be bound to several registries. {@link
 * #close} removes the meters of pools, so that other pools of the same names can be bound, and
 * keeps the meters of tasks. {@link Pools} that are bound to one registry at the same time need
 * tags that tell them apart.
 */
public final class PoolwrightMetrics implements MeterBinder, AutoCloseable {

  private final Pools pools;
  private final Iterable<Tag> tags;

  private final Deque<Runnable> bound = new ArrayDeque<>();

  /**
   * Creates meters without additional tags.
   *
   * @param pools the pools to measure
   */
  public PoolwrightMetrics(Pools pools) {
    this(pools, Tags.empty());
  }

  /**
   * Creates meters with additional tags.
   *
   * @param pools the pools to measure
   * @param tags the tags of every meter
   */
  public PoolwrightMetrics(Pools pools, Iterable<Tag> tags) {
    this.pools = pools;
    this.tags = tags;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // A meter of the same name and tags may be that of other pools, and stays theirs.
    Set<Meter> others = Collections.newSetFromMap(new IdentityHashMap<>());
    others.addAll(registry.getMeters());
    List<Meter> ours = new ArrayList<>();
    pools.all().forEach(pool -> ours.addAll(bind(pool, registry)));
    ours.removeAll(others);
    PoolListener.Registration registration = pools.listen(new Timers(registry, tags));
    synchronized (bound) {
      bound.push(registration::close);
      bound.push(() -> ours.forEach(registry::remove));
    }
  }

  /** Stops measuring. A second call does nothing. */
  @Override
  public void close() {
    synchronized (bound) {
      while (!bound.isEmpty()) {
        bound.pop().run();
      }
    }
  }

  private List<Meter> bind(Pool pool, MeterRegistry registry) {
    Tags own = Tags.concat(tags, "pool", pool.name(), "kind", pool.kind().key());
    List<Meter> made = new ArrayList<>();
    made.add(gauge(pool, own, registry, "workers.max", "workers", PoolStats::maxWorkers));
    made.add(gauge(pool, own, registry, "workers", "workers", PoolStats::workers));
    made.add(gauge(pool, own, registry, "running", "tasks", PoolStats::running));
    made.add(gauge(pool, own, registry, "queued", "tasks", PoolStats::queued));
    made.add(counter(pool, own, registry, "submitted", "tasks", PoolStats::submitted));
    made.add(counter(pool, own, registry, "workers.started", "workers", PoolStats::workersStarted));
    if (pool.kind() == PoolKind.PROCESS) {
      made.add(
          counter(pool, own, registry, "workers.crashed", "workers", PoolStats::workersCrashed));
      made.add(
          Gauge.builder("poolwright.pool.workers.memory", pool, PoolwrightMetrics::residentBytes)
              .tags(own)
              .baseUnit(BaseUnits.BYTES)
              .description("Resident memory of the worker JVMs")
              .register(registry));
    }
    return made;
  }

  private static Meter gauge(
      Pool pool,
      Tags tags,
      MeterRegistry registry,
      String name,
      String unit,
      ToDoubleFunction<PoolStats> value) {
    return Gauge.builder("poolwright.pool." + name, pool, each -> value.applyAsDouble(each.stats()))
        .tags(tags)
        .baseUnit(unit)
        .register(registry);
  }

  private static Meter counter(
      Pool pool,
      Tags tags,
      MeterRegistry registry,
      String name,
      String unit,
      ToLongFunction<PoolStats> value) {
    return FunctionCounter.builder(
            "poolwright.pool." + name, pool, each -> value.applyAsLong(each.stats()))
        .tags(tags)
        .baseUnit(unit)
        .register(registry);
  }

  private static double residentBytes(Pool pool) {
    return pool.workers().stream()
        .map(WorkerView::residentBytes)
        .mapToLong(bytes -> bytes.orElse(0))
        .sum();
  }

  /** Measures each task as it ends. */
  private static final class Timers implements PoolListener {
    private final MeterRegistry registry;
    private final Iterable<Tag> tags;
    private final Map<Key, Timer> waited = new ConcurrentHashMap<>();
    private final Map<Key, Timer> ran = new ConcurrentHashMap<>();
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();

    /** What tells the timers of one kind apart. */
    private record Key(String pool, String task, String outcome) {}

    Timers(MeterRegistry registry, Iterable<Tag> tags) {
      this.registry = registry;
      this.tags = tags;
    }

    @Override
    public void taskEnded(TaskEvent event) {
      boolean hasRun = event.startedNanos() != 0;
      if (hasRun) {
        waited
            .computeIfAbsent(new Key(event.pool(), event.name(), ""), this::waitTimer)
            .record(event.waited());
      }
      String outcome = PoolwrightObservations.outcome(event.status());
      ran.computeIfAbsent(new Key(event.pool(), event.name(), outcome), this::runTimer)
          .record(event.ran());
    }

    @Override
    public void taskRejected(TaskEvent event) {
      rejected.computeIfAbsent(event.pool(), this::rejectedCounter).increment();
    }

    private Timer waitTimer(Key key) {
      return Timer.builder("poolwright.task.wait")
          .description("From the submit of a task to its start")
          .tags(Tags.concat(tags, "pool", key.pool, "task", key.task))
          .register(registry);
    }

    private Timer runTimer(Key key) {
      return Timer.builder("poolwright.task.run")
          .description("From the start of a task to its outcome")
          .tags(Tags.concat(tags, "pool", key.pool, "task", key.task, "outcome", key.outcome))
          .register(registry);
    }

    private Counter rejectedCounter(String pool) {
      return Counter.builder("poolwright.task.rejected")
          .description("Tasks that were refused")
          .baseUnit("tasks")
          .tags(Tags.concat(tags, "pool", pool))
          .register(registry);
    }
  }
}

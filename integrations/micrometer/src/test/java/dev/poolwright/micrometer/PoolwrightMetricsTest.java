package dev.poolwright.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.poolwright.Pool;
import dev.poolwright.PoolListener;
import dev.poolwright.PoolSaturatedException;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.TaskEvent;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.annotation.SaturationPolicy;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the meters say, and that the table in the README is about them. */
@Timeout(60)
final class PoolwrightMetricsTest {

  private final Pools pools =
      Pools.builder()
          .pool(
              ThreadPoolConfig.named("io")
                  .maxWorkers(1)
                  .queueCapacity(0)
                  .whenSaturated(SaturationPolicy.REJECT))
          .pool(
              ProcessPoolConfig.named("jvm")
                  .maxWorkers(1)
                  .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1"))
          .build();

  @AfterEach
  void close() {
    pools.close();
  }

  private static int oops() {
    throw new IllegalStateException("oops");
  }

  /** Has the pools do one thing of each kind, and waits until all of it was told. */
  private void exercise() throws Exception {
    Pool io = pools.pool("io");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Task<Boolean> slow =
        io.submit(
            () -> {
              begun.countDown();
              return gate.await(1, TimeUnit.MINUTES);
            });
    begun.await();
    assertThatExceptionOfType(PoolSaturatedException.class).isThrownBy(() -> io.submit(() -> 1));
    gate.countDown();
    assertThat(slow.join()).isTrue();
    awaitIdle(io);
    io.submit(() -> oops()).onDone(task -> told.countDown());
    told.await();
    assertThat(pools.pool("jvm").submit(() -> 2 + 2).join()).isEqualTo(4);
    awaitIdle(io);
    awaitIdle(pools.pool("jvm"));
  }

  private static void awaitIdle(Pool pool) {
    while (pool.stats().running() > 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void countsAndTimesWhatPoolsDo() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (PoolwrightMetrics metrics = new PoolwrightMetrics(pools, List.of(Tag.of("app", "shop")))) {
      metrics.bindTo(registry);
      exercise();
      assertThat(registry.get("poolwright.pool.workers.max").tag("pool", "io").gauge().value())
          .isEqualTo(1);
      assertThat(registry.get("poolwright.pool.workers.memory").gauge().value())
          .isGreaterThan(10_000_000);
      assertThat(registry.get("poolwright.pool.workers.crashed").functionCounter().count())
          .isZero();
    }
    pools.pool("io").submit(() -> 3).join();
    assertThat(
            registry.get("poolwright.task.run").tags("pool", "io", "app", "shop").timers().stream()
                .map(timer -> timer.getId().getTag("outcome") + " " + timer.count()))
        .containsExactlyInAnyOrder("success 1", "error 1");
    Timer waited = registry.get("poolwright.task.wait").tag("pool", "jvm").timer();
    assertThat(waited.count()).isEqualTo(1);
    assertThat(waited.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(registry.get("poolwright.task.rejected").tag("pool", "io").counter().count())
        .isEqualTo(1);
  }

  @Test
  void theTableInTheReadmeHasEveryMeterWithItsUnitAndTags() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    new PoolwrightMetrics(pools).bindTo(registry);
    exercise();
    TreeSet<String> meters = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      String tags =
          id.getTags().stream()
              .map(tag -> "`" + tag.getKey() + "`")
              .collect(Collectors.joining(", "));
      meters.add("| `" + id.getName() + "` | " + id.getBaseUnit() + " | " + tags);
    }
    TreeSet<String> table = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      String[] cells = line.split(" \\| ", -1);
      if (line.startsWith("| `poolwright.")) {
        table.add(cells[0] + " | " + cells[2] + " | " + cells[3]);
      }
    }
    assertThat(table).isEqualTo(meters);
  }

  @Test
  void prometheusCanReadThem() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new PoolwrightMetrics(pools).bindTo(registry);
    exercise();
    assertThat(registry.scrape())
        .contains(
            "poolwright_task_run_seconds_count{outcome=\"error\",pool=\"io\"",
            "poolwright_task_rejected_tasks_total{pool=\"io\"} 1.0",
            "poolwright_pool_workers_max_workers{kind=\"thread\",pool=\"io\"} 1.0",
            "poolwright_pool_workers_memory_bytes{kind=\"process\",pool=\"jvm\"}");
  }

  @Test
  @SuppressWarnings("try") // It listens until it is closed.
  void eachRunIsAnObservationOfWhereItWasSubmitted() throws Exception {
    Queue<String> stopped = new ConcurrentLinkedQueue<>();
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStop(Observation.Context context) {
                var parent = context.getParentObservation();
                stopped.add(
                    context.getName()
                        + " "
                        + context.getLowCardinalityKeyValue("outcome").getValue()
                        + " "
                        + (context.getError() == null ? "" : context.getError().getMessage())
                        + " in "
                        + (parent == null ? "none" : parent.getContextView().getName()));
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return context.getName().equals("poolwright.task");
              }
            });
    try (var unused = pools.listen(new PoolwrightObservations(observations))) {
      Observation.createNotStarted("request", observations)
          .observe(() -> pools.pool("io").submit(() -> 1).join());
      awaitIdle(pools.pool("io"));
      Task<?> failed = pools.pool("io").submit(() -> oops());
      CountDownLatch done = new CountDownLatch(1);
      Task<?> unusedTask = failed.onDone(task -> done.countDown());
      done.await();
      pools.close();
    }
    assertThat(stopped)
        .containsExactly(
            "poolwright.task success  in request", "poolwright.task error oops in none");
  }

  @Test
  void poolsMadeAnewTakeThePlaceOfClosedOnesAndOfNoOthers() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (Pools first = wide(3);
        PoolwrightMetrics metrics = new PoolwrightMetrics(first)) {
      metrics.bindTo(registry);
      try (Pools second = wide(7);
          PoolwrightMetrics others = new PoolwrightMetrics(second)) {
        others.bindTo(registry);
      }
      assertThat(widest(registry)).isEqualTo(3);
    }
    try (Pools third = wide(9);
        PoolwrightMetrics metrics = new PoolwrightMetrics(third)) {
      metrics.bindTo(registry);
      assertThat(widest(registry)).isEqualTo(9);
    }
    assertThat(registry.find("poolwright.pool.workers.max").meters()).isEmpty();
  }

  private static Pools wide(int workers) {
    return Pools.builder().pool(ThreadPoolConfig.named("wide").maxWorkers(workers)).build();
  }

  private static double widest(MeterRegistry registry) {
    return registry.get("poolwright.pool.workers.max").tag("pool", "wide").gauge().value();
  }

  @Test
  @SuppressWarnings("try") // It listens until it is closed.
  void anObservationWhoseEndIsToldFirstIsWhole() throws Exception {
    ObservationRegistry observations = ObservationRegistry.create();
    MeterRegistry registry = new SimpleMeterRegistry();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));
    CountDownLatch isBegun = new CountDownLatch(1);
    CountDownLatch isCancelled = new CountDownLatch(1);
    PoolListener first =
        new PoolListener() {
          @Override
          public void taskStarted(TaskEvent event) {
            isBegun.countDown();
            try {
              assertThat(isCancelled.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    Pools.Builder builder = Pools.builder().pool(ThreadPoolConfig.named("io").maxWorkers(1));
    try (Pools own = builder.listener(first).build();
        PoolListener.Registration unused = own.listen(new PoolwrightObservations(observations))) {
      Task<Integer> task = own.pool("io").submit(() -> 1);
      isBegun.await();
      assertThat(task.cancel(false)).isTrue();
      isCancelled.countDown();
    }
    assertThat(registry.get("poolwright.task").timer().count()).isEqualTo(1);
  }
}

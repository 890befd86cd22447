package dev.poolwright.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.MapOption;
import dev.poolwright.Pool;
import dev.poolwright.PoolConfig;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** One trace is seen wherever a task and its functions run, and so are the other contexts. */
@Timeout(60)
final class OneTraceTest {

  private static final PoolConfig THREADS = ThreadPoolConfig.named("io").maxWorkers(2);
  private static final PoolConfig PROCESSES =
      ProcessPoolConfig.named("jvm")
          .maxWorkers(1)
          .initializer(Tracing.class)
          .jvmArgs("-Xmx64m", "-XX:TieredStopAtLevel=1");

  private static OpenTelemetrySdk sdk;

  private static final PoolConfig VIRTUALS = VirtualPoolConfig.named("virtual").maxWorkers(2);

  private final Pools pools = Pools.builder().pool(THREADS).pool(VIRTUALS).pool(PROCESSES).build();
  private final Span span = sdk.getTracer("test").spanBuilder("request").startSpan();
  private final String trace = span.getSpanContext().getTraceId();

  @BeforeAll
  static void startTracing() {
    sdk = Tracing.start();
  }

  @AfterAll
  static void stopTracing() {
    sdk.close();
  }

  @AfterEach
  void close() {
    pools.close();
    span.end();
    MDC.clear();
  }

  @Test
  void virtualThreadsAreThereWhereTheJdkHasThem() {
    String thread = pools.pool("virtual").submit(() -> Thread.currentThread().toString()).join();
    assertThat(thread.contains("VirtualThread")).isEqualTo(Runtime.version().feature() >= 21);
  }

  private static List<Integer> inputs() {
    return IntStream.range(0, 20).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "virtual"})
  @SuppressWarnings("try") // It is current until it is closed.
  void threadsCallbacksChainsAndBatchesHaveTheTraceOfTheirSubmitter(String name) throws Exception {
    assertThat(span.getSpanContext().isValid()).isTrue();
    Pool pool = pools.pool(name);
    CompletableFuture<String> inCallback = new CompletableFuture<>();
    Task<String> run;
    Task<String> chained;
    Task<String> nested;
    List<String> batch;
    try (Scope unused = span.makeCurrent()) {
      run = pool.submit(() -> Tracing.trace());
      run.onDone(task -> inCallback.complete(Tracing.trace()));
      chained = run.thenApplyAsync(value -> value + Tracing.trace());
      nested = pool.submit(() -> pool.submit(() -> Tracing.trace()).join());
      batch = pool.map(n -> Tracing.trace(), inputs(), MapOption.chunkSize(3)).toList();
    }
    assertThat(run.get()).isEqualTo(trace);
    assertThat(inCallback.get()).isEqualTo(trace);
    assertThat(chained.get()).isEqualTo(trace + trace);
    assertThat(run.thenApply(value -> Tracing.trace()).get()).isEqualTo(trace);
    assertThat(nested.get()).isEqualTo(trace);
    assertThat(batch).hasSize(20).containsOnly(trace);
    assertThat(pool.submit(() -> Tracing.trace()).get())
        .isEqualTo(SpanContext.getInvalid().getTraceId());
  }

  @Test
  @SuppressWarnings("try") // It is current until it is closed.
  void workerJvmsHaveTheTraceTheBaggageAndTheLogFields() throws Exception {
    Pool pool = pools.pool("jvm");
    MDC.put("user", "ann");
    try (Scope unused = span.makeCurrent();
        Scope alsoUnused = Baggage.builder().put("shop", "7").build().makeCurrent()) {
      assertThat(pool.submit(() -> Tracing.trace()).get()).isEqualTo(trace);
      assertThat(pool.submit(() -> Baggage.current().getEntryValue("shop")).get()).isEqualTo("7");
      assertThat(pool.submit(() -> Tracing.user()).get()).isEqualTo("ann");
      assertThat(pool.map(n -> Tracing.trace(), inputs()).toList()).containsOnly(trace);
    }
    MDC.clear();
    assertThat(pool.submit(() -> Tracing.user()).get()).isEqualTo("null");
    assertThat(pool.submit(() -> Tracing.trace()).get()).isNotEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "virtual"})
  void logFieldsAreThoseOfTheSubmitterAndNothingIsLeftBehind(String name) throws Exception {
    Pool pool = pools.pool(name);
    MDC.setContextMap(Map.of("user", "ann"));
    Task<String> task =
        pool.submit(
            () -> {
              String seen = Tracing.user();
              MDC.put("user", "eve");
              return seen;
            });
    assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("ann");
    assertThat(task.thenApply(value -> Tracing.user()).get()).isEqualTo("ann");
    assertThat(Tracing.user()).isEqualTo("ann");
    MDC.clear();
    for (int i = 0; i < 4; i++) {
      assertThat(pool.submit(() -> Tracing.user()).get()).isEqualTo("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "virtual"})
  void registeredThreadLocalsAreCarried(String name) throws Exception {
    ThreadLocal<String> tenant = new ThreadLocal<>();
    ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
    try {
      Pool pool = pools.pool(name);
      tenant.set("north");
      Task<String> task = pool.submit(tenant::get);
      tenant.remove();
      assertThat(task.get()).isEqualTo("north");
      assertThat(task.thenApply(value -> tenant.get()).get()).isEqualTo("north");
      assertThat(tenant.get()).isNull();
      assertThat(pool.submit(() -> String.valueOf(tenant.get())).get()).isEqualTo("null");
    } finally {
      ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "virtual"})
  void whatATaskLeavesSetMeetsNobody(String name) throws Exception {
    ThreadLocal<String> tenant = new ThreadLocal<>();
    ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
    try {
      Pool pool = pools.pool(name);
      Callable<String> left =
          () -> {
            String before = Tracing.trace() + " " + Tracing.user() + " " + tenant.get();
            leaveAllSet(tenant);
            return before;
          };
      String nothing = SpanContext.getInvalid().getTraceId() + " null null";
      for (int i = 0; i < 4; i++) {
        assertThat(pool.submit(left).get()).isEqualTo(nothing);
      }
      try (Pools direct = Pools.direct()) {
        assertThat(direct.pool("here").submit(left).get()).isEqualTo(nothing);
        assertThat(direct.pool("here").submit(left).get()).isEqualTo(nothing);
      }
      assertThat(Tracing.user()).isEqualTo("null");
      assertThat(Tracing.trace()).isEqualTo(SpanContext.getInvalid().getTraceId());
    } finally {
      ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // As a careless task does.
  private void leaveAllSet(ThreadLocal<String> tenant) {
    Scope unused = span.makeCurrent();
    MDC.put("user", "eve");
    tenant.set("south");
  }

  @Test
  void stagesOfATaskWithoutContextSeeNoneOfWhoeverEndsIt() throws Exception {
    Pool pool = pools.pool("io");
    CountDownLatch isOver = new CountDownLatch(1);
    Callable<Boolean> holds = () -> isOver.await(20, TimeUnit.SECONDS);
    pool.submit(holds);
    pool.submit(holds);
    Task<String> waits = pool.submit(() -> "never");
    Task<String> stage = waits.exceptionally(failure -> Tracing.user());
    MDC.put("user", "ann");
    assertThat(waits.cancel(true)).isTrue();
    assertThat(stage.get()).isEqualTo("null");
    isOver.countDown();
  }

  @Test
  void aLogFieldWithoutValueKeepsNoOtherFromAWorkerJvm() throws Exception {
    MDC.put("user", "ann");
    MDC.put("order", null);
    assertThat(pools.pool("jvm").submit(() -> Tracing.user()).get()).isEqualTo("ann");
  }
}

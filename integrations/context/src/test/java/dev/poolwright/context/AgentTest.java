package dev.poolwright.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.Task;
import dev.poolwright.ThreadPoolConfig;
import dev.poolwright.VirtualPoolConfig;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One trace where the OpenTelemetry agent is, here and in worker JVMs; the profile has its jar. */
@Timeout(120)
@EnabledIfSystemProperty(named = "poolwright.agent", matches = ".+")
final class AgentTest {

  @Test
  @SuppressWarnings("try") // It is current until it is closed.
  void threadsOfEachKindChainsBatchesAndWorkerJvmsHaveTheTraceOfTheirSubmitter() {
    Span span = GlobalOpenTelemetry.getTracer("test").spanBuilder("request").startSpan();
    String trace = span.getSpanContext().getTraceId();
    assertThat(span.getSpanContext().isValid()).isTrue();
    try (Pools pools =
        Pools.builder()
            .pool(ThreadPoolConfig.named("io").maxWorkers(2))
            .pool(VirtualPoolConfig.named("virtual").maxWorkers(2))
            .pool(
                ProcessPoolConfig.named("jvm")
                    .maxWorkers(1)
                    .jvmArgs("-javaagent:" + System.getProperty("poolwright.agent")))
            .build()) {
      Pool io = pools.pool("io");
      Pool jvm = pools.pool("jvm");
      Task<String> run;
      Task<String> virtual;
      Task<String> remote;
      List<String> batch;
      try (Scope unused = span.makeCurrent()) {
        run = io.submit(() -> Tracing.trace());
        virtual = pools.pool("virtual").submit(() -> Tracing.trace());
        remote = jvm.submit(() -> Tracing.trace());
        batch = io.map(n -> Tracing.trace(), List.of(1, 2, 3)).toList();
      }
      assertThat(run.join()).isEqualTo(trace);
      assertThat(run.thenApplyAsync(value -> Tracing.trace()).join()).isEqualTo(trace);
      assertThat(batch).containsOnly(trace);
      assertThat(virtual.join()).isEqualTo(trace);
      assertThat(remote.join()).isEqualTo(trace);
      assertThat(io.submit(() -> Tracing.trace()).join()).isNotEqualTo(trace);
    } finally {
      span.end();
    }
  }
}

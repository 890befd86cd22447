package dev.poolwright.context;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.slf4j.MDC;

/** Sets OpenTelemetry up, here and in worker JVMs, whose initializer it is. */
public final class Tracing implements Runnable {

  @Override
  public void run() {
    start();
  }

  static OpenTelemetrySdk start() {
    TextMapPropagator both =
        TextMapPropagator.composite(
            W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
    // A tracer that nobody exports from makes no spans.
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
            .build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(tracers)
        .setPropagators(ContextPropagators.create(both))
        .buildAndRegisterGlobal();
  }

  /** The trace of the calling thread, in whatever JVM. */
  static String trace() {
    return Span.current().getSpanContext().getTraceId();
  }

  /** A field of the log of the calling thread. */
  static String user() {
    return String.valueOf(MDC.get("user"));
  }
}

package dev.poolwright.context;

import dev.poolwright.ContextCarrier;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries the context of OpenTelemetry: the span, and with it the trace, and the baggage. For
 * worker JVMs, the propagators of {@code GlobalOpenTelemetry} write the context, and those of the
 * worker JVM read it; if OpenTelemetry is not set up there, no context is set.
 */
public final class OpenTelemetryCarrier implements ContextCarrier {

  private static final boolean IS_THERE =
      Libraries.has("io.opentelemetry.api.GlobalOpenTelemetry")
          && Libraries.has("io.opentelemetry.context.Context");

  /** For the service loader. */
  public OpenTelemetryCarrier() {}

  @Override
  public String name() {
    return "opentelemetry";
  }

  @Override
  public @Nullable Object capture() {
    return IS_THERE ? Spans.capture() : null;
  }

  @Override
  public void around(Object captured, Runnable run) {
    Spans.around(captured, run);
  }

  @Override
  public Map<String, String> export(Object captured) {
    return Spans.export(captured);
  }

  @Override
  public @Nullable Object imported(Map<String, String> fields) {
    return IS_THERE ? Spans.imported(fields) : null;
  }

  /** Loaded where OpenTelemetry is. */
  private static final class Spans {

    private static final TextMapGetter<Map<String, String>> GETTER =
        new TextMapGetter<>() {
          @Override
          @SuppressWarnings("deprecation") // Older versions ask for it.
          public Iterable<String> keys(Map<String, String> fields) {
            return fields.keySet();
          }

          @Override
          public @Nullable String get(@Nullable Map<String, String> fields, String key) {
            return fields == null ? null : fields.get(key);
          }
        };

    private Spans() {}

    /** The root is a context too: a scope that a task leaves open must not meet the next one. */
    static Object capture() {
      return Context.current();
    }

    @SuppressWarnings({"try", "MustBeClosedChecker"}) // It is current until it is closed.
    static void around(Object captured, Runnable run) {
      Context before = Context.current();
      try (Scope unused = ((Context) captured).makeCurrent()) {
        run.run();
      }
      if (Context.current() != before) { // A scope within was left open, so that ours did nothing.
        Scope unused = before.makeCurrent();
      }
    }

    static Map<String, String> export(Object captured) {
      Map<String, String> fields = new HashMap<>();
      GlobalOpenTelemetry.getPropagators()
          .getTextMapPropagator()
          .inject((Context) captured, fields, Spans::put);
      return fields;
    }

    private static void put(@Nullable Map<String, String> fields, String key, String value) {
      if (fields != null) {
        fields.put(key, value);
      }
    }

    static @Nullable Object imported(Map<String, String> fields) {
      Context root = Context.root();
      Context context =
          GlobalOpenTelemetry.getPropagators().getTextMapPropagator().extract(root, fields, GETTER);
      return context == root ? null : context;
    }
  }
}

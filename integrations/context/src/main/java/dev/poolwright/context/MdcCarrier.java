package dev.poolwright.context;

import dev.poolwright.ContextCarrier;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries log fields, SLF4J's {@code MDC}, including to worker JVMs. A task sees only the fields of
 * its submitter; afterwards the thread has its own fields again.
 */
public final class MdcCarrier implements ContextCarrier {

  private static final boolean IS_THERE = Libraries.has("org.slf4j.MDC");

  /** For the service loader. */
  public MdcCarrier() {}

  @Override
  public String name() {
    return "mdc";
  }

  @Override
  public @Nullable Object capture() {
    return IS_THERE ? Fields.capture() : null;
  }

  @Override
  public void around(Object captured, Runnable run) {
    Fields.around(fields(captured), run);
  }

  @Override
  public Map<String, String> export(Object captured) {
    Map<String, String> fields = new HashMap<>(fields(captured));
    fields.values().removeIf(Objects::isNull); // Some backends allow it.
    return fields;
  }

  @Override
  public @Nullable Object imported(Map<String, String> fields) {
    return IS_THERE ? fields : null;
  }

  @SuppressWarnings("unchecked") // Nothing else is captured.
  private static Map<String, String> fields(Object captured) {
    return (Map<String, String>) captured;
  }

  /** Loaded where SLF4J is. */
  private static final class Fields {

    private Fields() {}

    /** Having none is a context too: what a task leaves set must not meet the next one. */
    static Map<String, String> capture() {
      Map<String, String> fields = MDC.getCopyOfContextMap();
      return fields == null ? Map.of() : fields;
    }

    static void around(Map<String, String> fields, Runnable run) {
      Map<String, String> before = MDC.getCopyOfContextMap();
      set(fields);
      try {
        run.run();
      } finally {
        set(before);
      }
    }

    private static void set(@Nullable Map<String, String> fields) {
      if (fields == null || fields.isEmpty()) {
        MDC.clear();
      } else {
        MDC.setContextMap(fields);
      }
    }
  }
}

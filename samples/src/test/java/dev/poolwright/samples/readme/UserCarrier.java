package dev.poolwright.samples.readme;

import dev.poolwright.ContextCarrier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the user of a request along. */
public final class UserCarrier implements ContextCarrier {
  @Override
  public String name() {
    return "user";
  }

  @Override
  public @Nullable Object capture() {
    return Request.USER.get();
  }

  @Override
  public void around(Object captured, Runnable run) {
    String before = Request.USER.get();
    Request.USER.set((String) captured);
    try {
      run.run();
    } finally {
      Request.USER.set(before);
    }
  }

  // Only for worker JVMs: as text, and back.
  @Override
  public Map<String, String> export(Object captured) {
    return Map.of("user", (String) captured);
  }

  @Override
  public @Nullable Object imported(Map<String, String> fields) {
    return fields.get("user");
  }
}

package dev.poolwright.contract;

import dev.poolwright.ContextCarrier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries the name of a user, as an application would; also to worker JVMs, which make it anew. */
public class User implements ContextCarrier {

  private static final ThreadLocal<@Nullable String> NAME = new ThreadLocal<>();

  static void is(@Nullable String name) {
    if (name == null) {
      NAME.remove();
    } else {
      NAME.set(name);
    }
  }

  /** Who it is on the calling thread. */
  static String now() {
    return String.valueOf(NAME.get());
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public @Nullable Object capture() {
    return NAME.get();
  }

  @Override
  public void around(Object captured, Runnable run) {
    String before = NAME.get();
    is((String) captured);
    try {
      run.run();
    } finally {
      is(before);
    }
  }

  @Override
  public Map<String, String> export(Object captured) {
    return Map.of("user", (String) captured);
  }

  @Override
  public @Nullable Object imported(Map<String, String> fields) {
    return fields.get("user");
  }
}

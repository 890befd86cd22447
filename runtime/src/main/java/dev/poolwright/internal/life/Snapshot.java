package dev.poolwright.internal.life;

import dev.poolwright.internal.access.CarriedContext;
import dev.poolwright.internal.access.ReadableFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What carriers captured in one submit.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class Snapshot implements CarriedContext {

  /** Most bytes of what travels with one call. */
  static final int MOST_BYTES = 8 << 10;

  private static final String TRACE_FIELD = "traceparent";

  private final List<Value> entries;

  // Made when first asked for, perhaps by two threads.
  private volatile @Nullable Map<String, Map<String, String>> exported;

  /** Of at least one carrier, the outermost first. */
  public Snapshot(List<Value> entries) {
    this.entries = entries;
  }

  /** A carrier, and what it captured. */
  public record Value(Carrier carrier, Object captured) {}

  /**
   * Code with a result.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    /**
     * Runs.
     *
     * @return its result
     * @throws Throwable whatever it likes
     */
    T call() throws Throwable;
  }

  /**
   * Runs code once on the calling thread, which has this context meanwhile.
   *
   * @throws Throwable what the code throws, and nothing else
   */
  public <T extends @Nullable Object> T call(Body<T> code) throws Throwable {
    Walk<T> walk = new Walk<>(entries, code);
    walk.enter(0);
    return walk.outcome();
  }

  @Override
  public <T extends @Nullable Object> T within(Supplier<T> code) {
    try {
      return call(code::get);
    } catch (Throwable e) {
      throw ReadableFailure.<RuntimeException>sneaky(e);
    }
  }

  /** The way through the carriers to the code, and back. Confined to the thread that made it. */
  private static final class Walk<T extends @Nullable Object> {
    private final Thread thread = Thread.currentThread();
    private final List<Value> entries;
    private final Body<T> code;
    private boolean hasRun;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Walk(List<Value> entries, Body<T> code) {
      this.entries = entries;
      this.code = code;
    }

    /** Goes on with the carrier at a place; throws nothing. */
    void enter(int place) {
      if (place == entries.size()) {
        runCode();
        return;
      }
      Carrier carrier = entries.get(place).carrier();
      Layer step = null;
      try {
        step = new Layer(this, place);
        carrier.around(entries.get(place).captured(), step);
      } catch (Throwable e) {
        // No room: it goes on without this carrier.
      }
      if (step == null || !step.hasRun) {
        if (step != null) {
          step.hasRun = true;
          carrier.misbehaved("did not run what it was given", null);
        }
        enter(place + 1);
      }
    }

    private void runCode() {
      hasRun = true;
      try {
        result = code.call();
      } catch (Throwable e) {
        failure = e;
      }
    }

    @SuppressWarnings("NullAway") // The result may be null where T may be.
    T outcome() throws Throwable {
      if (!hasRun) {
        runCode(); // There was no room to go all the way.
      }
      Throwable thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      return result;
    }
  }

  /** What one carrier is given to run. */
  private static final class Layer implements Runnable {
    private final Walk<?> walk;
    private final int place;
    private boolean hasRun; // Confined to the thread of the walk.

    Layer(Walk<?> walk, int place) {
      this.walk = walk;
      this.place = place;
    }

    @Override
    public void run() {
      boolean isElsewhere = Thread.currentThread() != walk.thread;
      if (isElsewhere || hasRun) {
        String how = isElsewhere ? "on another thread" : "twice";
        walk.entries.get(place).carrier().misbehaved("ran what it was given " + how, null);
        return;
      }
      hasRun = true;
      try {
        walk.enter(place + 1);
      } catch (Throwable e) {
        // No room, perhaps on the stack: the walk sees whether the code has run.
      }
    }
  }

  // ---- for another JVM

  /** The fields that travel, by the class of their carrier; no more than fit. */
  public Map<String, Map<String, String>> exported() {
    Map<String, Map<String, String>> known = exported;
    if (known == null) {
      known = export();
      exported = known;
    }
    return known;
  }

  private Map<String, Map<String, String>> export() {
    List<Export> all = new ArrayList<>(entries.size());
    for (Value entry : entries) {
      Map<String, String> fields = entry.carrier.export(entry.captured);
      if (!fields.isEmpty()) {
        all.add(new Export(entry.carrier, fields, bytes(entry.carrier, fields)));
      }
    }
    leaveOutWhatIsTooMuch(all);
    Map<String, Map<String, String>> byClass = new LinkedHashMap<>();
    all.forEach(each -> byClass.put(each.carrier.className(), each.fields));
    return byClass;
  }

  private record Export(Carrier carrier, Map<String, String> fields, int bytes) {
    boolean isTrace() {
      return fields.containsKey(TRACE_FIELD);
    }
  }

  private static void leaveOutWhatIsTooMuch(List<Export> all) {
    long bytes = all.stream().mapToLong(Export::bytes).sum();
    while (bytes > MOST_BYTES) {
      Export largest =
          all.stream()
              .max(Comparator.comparing(Export::isTrace).reversed().thenComparing(Export::bytes))
              .orElseThrow();
      all.remove(largest);
      largest.carrier.misbehaved(
          "does not travel, since the context of a call has "
              + bytes
              + " bytes; "
              + MOST_BYTES
              + " at most",
          null);
      bytes -= largest.bytes;
    }
  }

  private static int bytes(Carrier carrier, Map<String, String> fields) {
    long sum = utf8(carrier.className());
    for (Map.Entry<String, String> field : fields.entrySet()) {
      sum += utf8(field.getKey()) + utf8(field.getValue());
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  private static long utf8(String text) {
    return text.length() > MOST_BYTES
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}

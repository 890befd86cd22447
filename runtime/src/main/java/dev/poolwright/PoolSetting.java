package dev.poolwright;

import dev.poolwright.annotation.DurationText;
import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every setting of a pool: its key, its range, its default, and the kinds of pool that have it. The
 * one place where they are written down; annotations, code and system properties all come here.
 *
 * <p>As a system property a setting is called {@code poolwright.pools.<pool>.<key>}. Lists are
 * separated by white space.
 */
@SuppressWarnings("ImmutableEnumChecker") // boxes, durations, List.of
public enum PoolSetting {
  /** Most tasks that run at once: 1 to 1,024, or 0 for the number of CPUs. */
  MAX_WORKERS("max-workers", Range.ints(0, 1_024), 0, 0),
  /** Most tasks that wait for a worker: 0 or more. */
  QUEUE_CAPACITY("queue-capacity", Range.ints(0, Integer.MAX_VALUE), 1_024, 1_024),
  /** What submit does when the pool is saturated: block, reject, caller-runs. */
  WHEN_SATURATED("when-saturated", Range.POLICY, SaturationPolicy.BLOCK, SaturationPolicy.BLOCK),
  /** How long an idle worker is kept. */
  KEEP_ALIVE("keep-alive", Range.DURATION, Duration.ofSeconds(60), Duration.ofMinutes(5)),
  /** How many workers start with the pool: 0 to 1,024. */
  PRESTART("prestart", Range.ints(0, 1_024), 0, 0),
  /** Longest run of a task; zero for no limit. */
  TIMEOUT("timeout", Range.DURATION_OR_NONE, Duration.ZERO, Duration.ZERO),

  /** Most bytes of serialized arguments that wait; 0 for an eighth of the largest heap. */
  QUEUE_BYTES("queue-bytes", Range.longs(0, Long.MAX_VALUE), 0L),
  /**
   * How long a stopped task may take to end before its worker JVM is killed; zero kills at once.
   */
  CANCEL_GRACE("cancel-grace", Range.DURATION_OR_NONE, Duration.ZERO),
  /** How many tasks one worker JVM runs; 0 for no limit. */
  MAX_TASKS_PER_WORKER("max-tasks-per-worker", Range.ints(0, Integer.MAX_VALUE), 0),
  /** Longest start of a worker JVM. */
  START_TIMEOUT("start-timeout", Range.DURATION, Duration.ofSeconds(30)),
  /** Longest exit of a retired worker JVM. */
  EXIT_TIMEOUT("exit-timeout", Range.DURATION, Duration.ofSeconds(30)),
  /** Further arguments for the worker JVMs. */
  JVM_ARGS("jvm-args", Range.LIST, List.of()),
  /** Environment variables of the worker JVMs, each as NAME=value. */
  ENVIRONMENT("environment", Range.ENVIRONMENT, List.of()),
  /** Name of the class that a worker JVM runs before its first task; empty for none. */
  INITIALIZER("initializer", Range.TEXT, ""),
  /** Names of the Guice module classes that make targets in a worker JVM. */
  MODULES("modules", Range.LIST, List.of()),
  /** Most bytes of one serialized call or result. */
  PAYLOAD_LIMIT("payload-limit", Range.longs(1_024, Integer.MAX_VALUE - 1_024), 64L << 20),
  /** Patterns of the classes that may be deserialized; none for the JVM-wide filter alone. */
  ALLOW("allow", Range.LIST, List.of());

  private final String key;
  private final Range range;
  private final Set<PoolKind> kinds;
  private final Object threadDefault;
  private final Object processDefault;

  PoolSetting(String key, Range range, Object threadDefault, Object processDefault) {
    this.key = key;
    this.range = range;
    this.kinds = EnumSet.allOf(PoolKind.class);
    this.threadDefault = threadDefault;
    this.processDefault = processDefault;
  }

  PoolSetting(String key, Range range, Object processDefault) {
    this.key = key;
    this.range = range;
    this.kinds = EnumSet.of(PoolKind.PROCESS);
    this.threadDefault = processDefault;
    this.processDefault = processDefault;
  }

  /**
   * The last part of the system property.
   *
   * @return lower case, words joined by {@code -}
   */
  public String key() {
    return key;
  }

  /**
   * Whether pools of a kind have this setting.
   *
   * @param kind what the workers are
   * @return whether they have it
   */
  public boolean isFor(PoolKind kind) {
    return kinds.contains(kind);
  }

  /**
   * The value of a pool that sets nothing.
   *
   * @param kind what the workers are
   * @return of the setting's own type
   */
  public Object defaultFor(PoolKind kind) {
    return kind == PoolKind.THREAD ? threadDefault : processDefault;
  }

  /**
   * Reads a value as it stands in a system property.
   *
   * @param text the property's value
   * @return of the setting's own type
   * @throws IllegalArgumentException when out of range; the message names setting, value and range
   */
  public Object read(String text) {
    try {
      return checked(range.read(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          key + " is \"" + text + "\"; must be " + range.description(), e);
    }
  }

  /**
   * Checks a value.
   *
   * @param value of the setting's own type
   * @return the value
   * @throws IllegalArgumentException when out of range; the message names setting, value and range
   */
  public Object checked(Object value) {
    if (!range.has(value)) {
      throw new IllegalArgumentException(key + " is " + value + "; must be " + range.description());
    }
    return value;
  }

  /** What a value is. */
  private enum Form {
    INT,
    LONG,
    DURATION,
    DURATION_OR_NONE,
    POLICY,
    TEXT,
    LIST,
    ENVIRONMENT
  }

  /**
   * The values that a setting can have, how to read them, and how to say so. Without lambdas, and
   * with no text before it is needed, since every application reads this when it starts.
   */
  private record Range(Form form, long min, long max) {

    static final Range DURATION = new Range(Form.DURATION, 0, 0);
    static final Range DURATION_OR_NONE = new Range(Form.DURATION_OR_NONE, 0, 0);
    static final Range POLICY = new Range(Form.POLICY, 0, 0);
    static final Range TEXT = new Range(Form.TEXT, 0, 0);
    static final Range LIST = new Range(Form.LIST, 0, 0);
    static final Range ENVIRONMENT = new Range(Form.ENVIRONMENT, 0, 0);

    static Range ints(int min, int max) {
      return new Range(Form.INT, min, max);
    }

    static Range longs(long min, long max) {
      return new Range(Form.LONG, min, max);
    }

    String description() {
      return switch (form) {
        case INT, LONG ->
            max >= Integer.MAX_VALUE - 1_024L && min == 0
                ? "0 or more"
                : String.format(Locale.ROOT, "%,d to %,d", min, max);
        case DURATION -> "a positive duration as 500ms, 5s, 2m or ISO-8601";
        case DURATION_OR_NONE -> "a duration as 500ms, 5s, 2m or ISO-8601, or empty for none";
        case POLICY -> "block, reject or caller-runs";
        case TEXT -> "a class name";
        case LIST -> "words";
        case ENVIRONMENT -> "variables as NAME=value";
      };
    }

    Object read(String text) {
      return switch (form) {
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DURATION -> DurationText.parse(text);
        case DURATION_OR_NONE -> text.isEmpty() ? Duration.ZERO : DurationText.parse(text);
        case POLICY -> SaturationPolicy.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        case TEXT -> text;
        case LIST, ENVIRONMENT -> words(text);
      };
    }

    boolean has(Object value) {
      return switch (form) {
        case INT, LONG ->
            ((Number) value).longValue() >= min && ((Number) value).longValue() <= max;
        case DURATION -> !((Duration) value).isZero() && !((Duration) value).isNegative();
        case DURATION_OR_NONE -> !((Duration) value).isNegative();
        case POLICY, TEXT, LIST -> true;
        case ENVIRONMENT -> areVariables((List<?>) value);
      };
    }

    private static boolean areVariables(List<?> words) {
      for (Object word : words) {
        if (((String) word).indexOf('=') <= 0) {
          return false;
        }
      }
      return true;
    }

    private static List<String> words(String text) {
      return text.isBlank() ? List.of() : List.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }
  }
}

package dev.poolwright.annotation.setting;

import static dev.poolwright.annotation.PoolKind.PROCESS;
import static dev.poolwright.annotation.PoolKind.THREAD;
import static dev.poolwright.annotation.PoolKind.VIRTUAL;
import static dev.poolwright.annotation.SaturationPolicy.BLOCK;
import static dev.poolwright.annotation.SaturationPolicy.CALLER_RUNS;
import static dev.poolwright.annotation.SaturationPolicy.REJECT;
import static dev.poolwright.annotation.setting.SettingRange.ints;
import static dev.poolwright.annotation.setting.SettingRange.longs;
import static dev.poolwright.annotation.setting.SettingRange.policies;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.setting.SettingRange.Form;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of a pool: for each, the kinds of pools that have it, with range and default. They
 * are defined here only; annotations, processor, configuration in code, system properties and
 * {@code docs/settings.md} are tested against this table.
 *
 * <p>As a system property a setting is called {@code poolwright.pools.<pool>.<key>}. Lists are
 * separated by white space.
 */
@SuppressWarnings("ImmutableEnumChecker") // Never changed after construction.
public enum PoolSetting {
  /** Maximum number of concurrently running tasks. */
  MAX_WORKERS(
      "maximum number of concurrently running tasks; 0 for the number of CPUs, for virtual threads"
          + " and cluster nodes 256",
      on(List.of(THREAD, PROCESS), ints(0, 1_024), 0),
      on(VIRTUAL, ints(0, 1_000_000), 0),
      on(PoolKind.CLUSTER, ints(0, 10_000), 0)),
  /** Maximum number of tasks that wait for a worker. */
  QUEUE_CAPACITY(
      "maximum number of tasks that wait for a worker",
      everywhere(ints(0, Integer.MAX_VALUE), 1_024)),
  /** The policy for a submit when the pool is saturated. */
  WHEN_SATURATED(
      "what submit does when every worker is busy and the queue is full",
      on(List.of(THREAD, VIRTUAL), policies(BLOCK, REJECT, CALLER_RUNS), BLOCK),
      on(List.of(PROCESS, PoolKind.CLUSTER), policies(BLOCK, REJECT), BLOCK)),
  /** How long an idle worker is kept. */
  KEEP_ALIVE(
      "how long an idle worker is kept",
      on(THREAD, SettingRange.of(Form.DURATION), Duration.ofSeconds(60)),
      on(PROCESS, SettingRange.of(Form.DURATION), Duration.ofMinutes(5))),
  /** Number of workers started together with the pool. */
  PRESTART("how many workers start with the pool", on(List.of(THREAD, PROCESS), ints(0, 1_024), 0)),
  /** Maximum running time of a task. */
  TIMEOUT(
      "longest run of a task, counted from its start on a worker",
      everywhere(SettingRange.of(Form.DURATION_OR_NONE), Duration.ZERO)),

  /** Maximum number of bytes of serialized arguments that wait for a worker. */
  QUEUE_BYTES(
      "maximum number of bytes of serialized arguments that wait; 0 for an eighth of the largest"
          + " heap",
      on(List.of(PROCESS, PoolKind.CLUSTER), longs(0, Long.MAX_VALUE), 0L)),
  /** How long a stopped task may take to end before its worker JVM is killed. */
  CANCEL_GRACE(
      "how long a stopped task may take to end after an interrupt, before its worker JVM is killed;"
          + " none kills at once",
      on(PROCESS, SettingRange.of(Form.DURATION_OR_NONE), Duration.ZERO)),
  /** Maximum time to wait for the stack trace of a run that reached its time limit. */
  STUCK_DUMP(
      "longest wait for the stack of a run that reached its time limit, before its worker JVM is"
          + " killed; none asks for no stack",
      on(PROCESS, SettingRange.of(Form.DURATION_OR_NONE), Duration.ofMillis(20))),
  /** Maximum number of tasks that one worker JVM runs. */
  MAX_TASKS_PER_WORKER(
      "how many tasks one worker JVM runs before a fresh one takes its place; 0 for no limit",
      on(PROCESS, ints(0, Integer.MAX_VALUE), 0)),
  /** How many times a call is run again when its worker JVM or node ended by itself. */
  RETRIES(
      "how many times a call is run again when its worker JVM or node ended by itself",
      on(List.of(PROCESS, PoolKind.CLUSTER), ints(0, 100), 0)),
  /** Maximum time a worker JVM may take to start. */
  START_TIMEOUT(
      "longest start of a worker JVM, its initializer included",
      on(PROCESS, SettingRange.of(Form.DURATION), Duration.ofSeconds(30))),
  /** Maximum time a retired worker JVM may take to exit. */
  EXIT_TIMEOUT(
      "longest exit of a retired worker JVM, before it is killed",
      on(PROCESS, SettingRange.of(Form.DURATION), Duration.ofSeconds(30))),
  /** Additional arguments for the worker JVMs. */
  JVM_ARGS(
      "further arguments for the worker JVMs, as `-Xmx2g`",
      on(PROCESS, SettingRange.of(Form.WORDS), List.of())),
  /** Environment variables of the worker JVMs. */
  ENVIRONMENT(
      "environment variables of the worker JVMs, in addition to the application's",
      on(PROCESS, SettingRange.of(Form.VARIABLES), List.of())),
  /** The {@code java} command that starts the worker JVMs. */
  JAVA(
      "the `java` that starts the worker JVMs; none for that of the application",
      on(PROCESS, SettingRange.of(Form.PATH), "")),
  /** The class path of the worker JVMs. */
  CLASS_PATH(
      "jars and folders of the worker JVMs, all of them, as `lib/*`; none for where the"
          + " application's own classes are",
      on(PROCESS, SettingRange.of(Form.WORDS), List.of())),
  /** The initializer class, run by a worker JVM once before its first task. */
  INITIALIZER(
      "class, a `Runnable`, that a worker JVM runs before its first task",
      on(PROCESS, SettingRange.of(Form.CLASS), "")),
  /** The Guice modules or Spring configurations that create target objects in a worker JVM. */
  MODULES(
      "Guice modules or Spring configurations that make, in a worker JVM, the objects that calls run on",
      on(PROCESS, SettingRange.of(Form.CLASSES), List.of())),
  /** Maximum number of bytes of one serialized call or result. */
  PAYLOAD_LIMIT(
      "maximum number of bytes of one serialized call or result",
      on(List.of(PROCESS, PoolKind.CLUSTER), longs(1_024, Integer.MAX_VALUE - 1_024), 64L << 20)),
  /** Patterns of the classes that may be deserialized. */
  ALLOW(
      "patterns of the classes that may be deserialized, as `com.example.**`; none for the JVM-wide"
          + " filter alone",
      on(List.of(PROCESS, PoolKind.CLUSTER), SettingRange.of(Form.WORDS), List.of())),
  /** The folder for error reports of crashed worker JVMs. */
  CRASH_FILES(
      "folder where the reports of worker JVMs that crashed in native code are kept; none for the"
          + " working folder",
      on(PROCESS, SettingRange.of(Form.PATH), "")),

  /** The cluster whose nodes are the workers. */
  CLUSTER(
      "name of the cluster whose nodes are the workers",
      on(PoolKind.CLUSTER, SettingRange.of(Form.NAME), "poolwright")),
  /** How long a task waits for a node when there is none. */
  NO_WORKER_TIMEOUT(
      "how long a task waits while there is no worker node at all, before it fails",
      on(PoolKind.CLUSTER, SettingRange.of(Form.DURATION), Duration.ofSeconds(30)));

  private static final int MANY_WORKERS = 256;

  /** The range and default of a setting for pools of some kinds. */
  private record Entry(List<PoolKind> kinds, SettingRange range, Object standard) {}

  private final String key;
  private final String meaning;
  private final Map<PoolKind, Entry> entries = new EnumMap<>(PoolKind.class);

  PoolSetting(String meaning, Entry... entries) {
    this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.meaning = meaning;
    for (Entry entry : entries) {
      for (PoolKind kind : entry.kinds()) {
        this.entries.put(kind, entry);
      }
    }
  }

  private static Entry on(PoolKind kind, SettingRange range, Object standard) {
    return on(List.of(kind), range, standard);
  }

  private static Entry on(List<PoolKind> kinds, SettingRange range, Object standard) {
    return new Entry(kinds, range, standard);
  }

  private static Entry everywhere(SettingRange range, Object standard) {
    return on(List.of(PoolKind.values()), range, standard);
  }

  /**
   * Finds a setting by its member name.
   *
   * @param member the name in annotations and configurations, such as {@code "maxWorkers"}
   * @return the setting; empty if there is none of that name
   */
  public static Optional<PoolSetting> ofMember(String member) {
    return Arrays.stream(values()).filter(each -> each.member().equals(member)).findFirst();
  }

  /**
   * The number of workers of a pool whose {@link #MAX_WORKERS} is 0.
   *
   * @param kind the kind of pool
   * @return the number; empty for the number of CPUs
   */
  public static OptionalInt standardWorkers(PoolKind kind) {
    return switch (kind) {
      case THREAD, PROCESS -> OptionalInt.empty();
      case VIRTUAL, CLUSTER -> OptionalInt.of(MANY_WORKERS);
    };
  }

  /**
   * The last part of the name of the system property.
   *
   * @return lower case, words joined by {@code -}
   */
  public String key() {
    return key;
  }

  /**
   * The name of the setting in annotations and configurations.
   *
   * @return a name such as {@code "maxWorkers"}
   */
  public String member() {
    StringBuilder member = new StringBuilder();
    for (String word : key.split("-", -1)) {
      member.append(member.length() == 0 ? word : capitalised(word));
    }
    return member.toString();
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /**
   * The description of the setting, for people.
   *
   * @return a phrase in Markdown
   */
  public String meaning() {
    return meaning;
  }

  /**
   * The kinds of pools that have this setting.
   *
   * @return in the order of the kinds
   */
  public Set<PoolKind> kinds() {
    return entries.keySet();
  }

  /**
   * Whether pools of a kind have this setting.
   *
   * @param kind the kind of pool
   * @return true if they have it
   */
  public boolean isFor(PoolKind kind) {
    return entries.containsKey(kind);
  }

  /**
   * The range of values for pools of a kind.
   *
   * @param kind the kind of pool; for a kind that does not have this setting, the range of another
   *     kind is returned
   * @return the range
   */
  public SettingRange range(PoolKind kind) {
    return entry(kind).range();
  }

  /**
   * The default value for pools of a kind.
   *
   * @param kind the kind of pool; for a kind that does not have this setting, the default of
   *     another kind is returned
   * @return the default, of the setting's own type
   */
  public Object defaultFor(PoolKind kind) {
    return entry(kind).standard();
  }

  private Entry entry(PoolKind kind) {
    Entry entry = entries.get(kind);
    return entry == null ? entries.values().iterator().next() : entry;
  }

  /**
   * Parses the text of a system property.
   *
   * @param kind the kind of pool
   * @param text the property's value
   * @return the value, of the setting's own type
   * @throws IllegalArgumentException if {@code text} does not have the form of such a value
   * @throws IllegalArgumentException if the value is out of range; either message names setting,
   *     value and range
   */
  public Object read(PoolKind kind, String text) {
    Object value;
    try {
      value = range(kind).read(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(outOfRange(kind, '"' + text + '"'), e);
    }
    if (!range(kind).has(value)) {
      throw new IllegalArgumentException(outOfRange(kind, '"' + text + '"'));
    }
    return value;
  }

  /**
   * Checks the type and range of a value.
   *
   * @param kind the kind of pool
   * @param value of the setting's own type
   * @return the value; for a list, an unmodifiable copy
   * @throws IllegalArgumentException if {@code value} is of another type
   * @throws IllegalArgumentException if {@code value} is out of range; either message names
   *     setting, value and range
   */
  public Object checked(PoolKind kind, Object value) {
    if (!range(kind).has(value)) {
      boolean isOfType = range(kind).form().type().isInstance(value);
      String type = isOfType ? "" : " (a " + value.getClass().getName() + ")";
      throw new IllegalArgumentException(outOfRange(kind, SettingRange.text(value) + type));
    }
    return value instanceof List<?> words ? List.copyOf(words) : value;
  }

  private String outOfRange(PoolKind kind, String value) {
    return key + " is " + value + "; must be " + range(kind).description();
  }
}

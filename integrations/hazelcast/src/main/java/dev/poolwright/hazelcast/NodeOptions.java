package dev.poolwright.hazelcast;

import dev.poolwright.ThreadPoolConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a worker node is told on its command line.
 *
 * @param cluster name of the cluster
 * @param pools what it runs, by the names of the pools
 * @param bind host and port that it listens on
 * @param join some nodes of the cluster, or {@code dns:} and a name that stands for all
 * @param secret what callers and nodes share; empty for none
 * @param modules Guice modules that make the objects of calls
 * @param allow patterns of the classes that calls may carry
 * @param isCheck whether to say only what would be done
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record NodeOptions(
    String cluster,
    Map<String, LocalPool> pools,
    String bind,
    String join,
    byte[] secret,
    List<String> modules,
    List<String> allow,
    boolean isCheck) {
  /**
   * A pool as the node has it.
   *
   * @param places how many calls it runs at once
   * @param kind what its workers are here: {@code thread}, {@code virtual} or {@code process}
   */
  record LocalPool(int places, String kind) {}

  /** What was asked for makes no sense. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static final String HELP =
      """
      usage: java -cp <application> dev.poolwright.hazelcast.WorkerNode --cluster NAME --pool NAME=PLACES ...

      Runs calls of cluster pools until it is told to end: it prints READY, and SIGTERM has it refuse
      calls, finish those it has, answer, leave and exit with 0. A second SIGTERM halts it, and what
      still runs is lost. Exit codes: 0 ended as told, 1 could not start or was halted, 2 wrong
      options.

        --cluster NAME        the cluster; callers name it in @ClusterPool(cluster = ...)
        --pool NAME=PLACES[:KIND]
                              a pool that it runs, how many calls at once, and on what: thread (as it
                              is without KIND), virtual or process; may be repeated
        --bind HOST:PORT      where it listens; 127.0.0.1:5701 unless given
        --join HOST:PORT,...  some nodes of the cluster; its own address unless given
        --join dns:NAME       all addresses of a name, as of a headless service of Kubernetes
        --secret-file FILE    what callers and nodes share, 16 bytes or more; needed unless it listens
                              on this machine alone
        --modules CLASS,...   Guice modules that make the objects of calls
        --allow PATTERN,...   classes that calls may carry, as com.example.**
        --check               says what it would do, and does not
        --help                prints this

      Each but the last two can stand in the environment: POOLWRIGHT_NODE_CLUSTER, ..._POOL (several
      joined by commas), ..._BIND, ..._JOIN, ..._SECRET_FILE, ..._MODULES, ..._ALLOW.
      """;

  /** Whether help is wanted, and nothing else. */
  static boolean isHelp(String... args) {
    return List.of(args).contains("--help");
  }

  /**
   * Reads them.
   *
   * @param environment a variable by its name, or null
   * @throws UsageException when they make no sense; says what to do
   */
  static NodeOptions parse(UnaryOperator<@Nullable String> environment, String... args)
      throws UsageException {
    Map<String, List<String>> given = new LinkedHashMap<>();
    boolean isCheck = false;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--check")) {
        isCheck = true;
      } else if (!Key.isOne(args[i])) {
        throw new UsageException("there is no option " + args[i]);
      } else if (i + 1 == args.length) {
        throw new UsageException(args[i] + " needs a value");
      } else {
        given.computeIfAbsent(args[i], any -> new ArrayList<>()).add(args[++i]);
      }
    }
    for (Key each : Key.values()) {
      String value = environment.apply("POOLWRIGHT_NODE_" + each.name());
      if (value != null && !given.containsKey(each.option())) {
        given.put(each.option(), each == Key.POOL ? Addresses.list(value) : List.of(value));
      }
    }
    return of(given, isCheck);
  }

  private enum Key {
    CLUSTER,
    POOL,
    BIND,
    JOIN,
    SECRET_FILE,
    MODULES,
    ALLOW;

    String option() {
      return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static boolean isOne(String option) {
      for (Key each : values()) {
        if (each.option().equals(option)) {
          return true;
        }
      }
      return false;
    }
  }

  private static NodeOptions of(Map<String, List<String>> given, boolean isCheck)
      throws UsageException {
    String cluster = last(given, Key.CLUSTER, "");
    if (cluster.isEmpty()) {
      throw new UsageException("--cluster is missing");
    }
    Map<String, LocalPool> pools = new LinkedHashMap<>();
    for (String each : given.getOrDefault(Key.POOL.option(), List.of())) {
      add(each, pools);
    }
    if (pools.isEmpty()) {
      throw new UsageException("--pool is missing: which pool, and how many calls at once?");
    }
    try {
      String bind = last(given, Key.BIND, Addresses.STANDARD);
      bind = bracketed(Addresses.host(bind)) + ':' + Addresses.port(bind, Addresses.STANDARD_PORT);
      byte[] secret = ClusterSecret.read(last(given, Key.SECRET_FILE, ""));
      if (secret.length == 0 && !Addresses.isLoopback(Addresses.host(bind))) {
        throw new UsageException(
            "--bind " + bind + " can be reached by others; give them no way in: add --secret-file");
      }
      return new NodeOptions(
          cluster,
          pools,
          bind,
          last(given, Key.JOIN, bind),
          secret,
          Addresses.list(last(given, Key.MODULES, "")),
          Addresses.list(last(given, Key.ALLOW, "")),
          isCheck);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : '[' + host + ']';
  }

  private static String last(Map<String, List<String>> given, Key key, String standard) {
    List<String> values = given.getOrDefault(key.option(), List.of());
    return values.isEmpty() ? standard : values.get(values.size() - 1);
  }

  private static void add(String text, Map<String, LocalPool> pools) throws UsageException {
    int equals = text.lastIndexOf('=');
    int colon = text.indexOf(':', Math.max(0, equals));
    String number = text.substring(equals + 1, colon < 0 ? text.length() : colon);
    String kind = colon < 0 ? "thread" : text.substring(colon + 1);
    int places = 0;
    try {
      places = Integer.parseInt(number);
    } catch (NumberFormatException e) {
      // Said below, as of any other that is none.
    }
    if (equals <= 0 || places < 1 || places > 1_024) {
      throw new UsageException(
          "--pool " + text + " is no pool with 1 to 1,024 places; write NAME=PLACES");
    }
    if (!List.of("thread", "virtual", "process").contains(kind)) {
      throw new UsageException(
          "--pool " + text + " is of no kind that a node has; must be thread, virtual or process");
    }
    String name = text.substring(0, equals);
    try {
      Object unused = ThreadPoolConfig.named(name); // Knows what a name is.
    } catch (IllegalArgumentException e) {
      throw new UsageException("--pool " + text + ": " + e.getMessage());
    }
    if (pools.put(name, new LocalPool(places, kind)) != null) {
      throw new UsageException("--pool " + text + " names a pool that was named before");
    }
  }

  /** The places of each pool. */
  Map<String, Integer> places() {
    Map<String, Integer> places = new LinkedHashMap<>();
    pools.forEach((name, pool) -> places.put(name, pool.places()));
    return places;
  }

  /** What the node would do, for people. */
  String describe() {
    StringBuilder text = new StringBuilder("a worker node of cluster \"" + cluster + "\"");
    text.append(" on ").append(bind).append(", joining ").append(join).append('\n');
    pools.forEach(
        (name, pool) ->
            text.append("  pool \"")
                .append(name)
                .append("\": ")
                .append(pool.places())
                .append(" at once, kind ")
                .append(pool.kind())
                .append('\n'));
    text.append("  calls are ");
    text.append(secret.length == 0 ? "open to everybody on this machine" : "sealed by a secret");
    text.append("; classes that they may carry: ");
    text.append(allow.isEmpty() ? "any" : String.join(" ", allow)).append('\n');
    return text.toString();
  }
}
